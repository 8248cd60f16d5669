package io.github.proxmoxzfs.pve;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Covers secrets in texts of a server, which may echo what it was sent: as it is, percent-encoded,
/// in JSON or in HTML, and cut anywhere. Its own text never shows them.
///
/// It looks for pieces rather than for whole secrets, so that one of which a server shows the
/// beginning is covered as far as it goes. Words of ours are not to be masked: where a password is
/// a common word, that would show it.
final class Mask {
  /// Covers nothing.
  static final Mask NONE = of();

  /// The length of the shortest piece of a longer secret that is covered, in characters. Shorter
  /// ones are found in any text.
  private static final int PIECE_LENGTH = 6;

  private static final String COVER = "***";

  /// The pieces by their length: [#PIECE_LENGTH], but of shorter forms their own.
  private final Map<Integer, Set<String>> pieces = new HashMap<>();

  private Mask() {}

  /// Covers each of these.
  static Mask of(String... secrets) {
    var mask = new Mask();
    for (String secret : secrets) {
      forms(secret).forEach(mask::add);
    }
    return mask;
  }

  private void add(String form) {
    int length = Math.min(PIECE_LENGTH, form.length());
    if (form.isBlank()) {
      return;
    }
    Set<String> ofLength = pieces.computeIfAbsent(length, _ -> new HashSet<>());
    for (int start = 0; start + length <= form.length(); start++) {
      ofLength.add(form.substring(start, start + length));
    }
  }

  /// The text with stars over each piece of a secret.
  String over(String text) {
    var covered = new BitSet(text.length());
    pieces.forEach(
        (length, ofLength) -> {
          for (int start = 0; start + length <= text.length(); start++) {
            if (ofLength.contains(text.substring(start, start + length))) {
              covered.set(start, start + length);
            }
          }
        });
    var shown = new StringBuilder();
    for (int start = 0; start < text.length(); ) {
      int from = covered.nextSetBit(start);
      if (from < 0) {
        return shown.append(text, start, text.length()).toString();
      }
      shown.append(text, start, from).append(COVER);
      start = covered.nextClearBit(from);
    }
    return shown.toString();
  }

  /// How a secret may be written. A mixture of these is covered as far as its parts are.
  private static Set<String> forms(String secret) {
    String percentEncoded = ServerText.percentEncoded(secret);
    Set<String> forms = new HashSet<>();
    forms.add(secret);
    forms.add(secret.strip().replaceAll("\\s+", " ")); // as HTML and our own cleaning fold it
    forms.add(percentEncoded);
    forms.add(lowerCaseDigits(percentEncoded));
    forms.add(percentEncoded.replace("%20", "+"));
    forms.add(lowerCaseDigits(percentEncoded).replace("%20", "+"));
    forms.add(json(secret, false));
    forms.add(json(secret, true));
    forms.add(json(secret, true).replace("/", "\\/"));
    forms.add(html(secret, "&#39;"));
    forms.add(html(secret, "'"));
    return forms;
  }

  private static String lowerCaseDigits(String percentEncoded) {
    var written = new StringBuilder();
    for (int i = 0; i < percentEncoded.length(); i++) {
      char character = percentEncoded.charAt(i);
      if (character == '%') {
        written.append(percentEncoded.substring(i, i + 3).toLowerCase(Locale.ROOT));
        i += 2;
      } else {
        written.append(character);
      }
    }
    return written.toString();
  }

  private static String json(String secret, boolean ascii) {
    var written = new StringBuilder();
    for (int i = 0; i < secret.length(); i++) {
      char character = secret.charAt(i);
      switch (character) {
        case '"', '\\' -> written.append('\\').append(character);
        case '\b' -> written.append("\\b");
        case '\f' -> written.append("\\f");
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        default -> {
          if (character < ' ' || (ascii && character > '~')) {
            written.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
          } else {
            written.append(character);
          }
        }
      }
    }
    return written.toString();
  }

  private static String html(String secret, String apostrophe) {
    return secret
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", apostrophe);
  }

  @Override
  public String toString() {
    return COVER;
  }
}
