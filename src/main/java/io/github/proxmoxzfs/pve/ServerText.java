package io.github.proxmoxzfs.pve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Texts that come from a server, made fit to be shown, and texts of ours, made fit for a URL.
final class ServerText {
  /// How much of a server's text is shown, in characters.
  static final int MAX_LENGTH = 200;

  private ServerText() {}

  /// The text on one line, without control or formatting characters, cut at [#MAX_LENGTH].
  static String shown(String text) {
    return shown(text, Mask.NONE);
  }

  /// The same without secrets.
  static String shown(String text, Mask mask) {
    return shown(text, MAX_LENGTH, mask);
  }

  /// The text on one line, without secrets, control or formatting characters, cut at `maxLength`.
  static String shown(String text, int maxLength, Mask mask) {
    // Cut first, so that a body of megabytes is not cleaned for two lines of it. The mask covers
    // what is left of a secret.
    String head = text.length() > 4 * maxLength ? text.substring(0, 4 * maxLength) : text;
    String oneLine =
        mask.over(head)
            .replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]+", " ")
            .replaceAll(" {2,}", " ")
            .strip();
    String clean = mask.over(oneLine); // again: cleaning may have joined what stood apart
    if (clean.length() <= maxLength) {
      return clean;
    }
    int end = Character.isHighSurrogate(clean.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return clean.substring(0, end) + "…";
  }

  /// The text percent-encoded, a blank as `%20`: fit for a path segment, a form value and a cookie.
  static String percentEncoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
