package io.github.proxmoxzfs.config;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468), whatever stands between them. Java's own reader of PEM is a
/// preview in Java 25.
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final Pattern OLD_ENCRYPTION = Pattern.compile("Proc-Type:\\s*4,ENCRYPTED");

  private final String label;
  private final boolean encrypted;
  private final byte[] der;

  private Pem(String label, boolean encrypted, byte[] der) {
    this.label = label;
    this.encrypted = encrypted;
    this.der = der;
  }

  /// The blocks in their order; empty if one is damaged.
  static Optional<List<Pem>> read(String text) {
    var blocks = new ArrayList<Pem>();
    Matcher matcher = BLOCK.matcher(text);
    try {
      while (matcher.find()) {
        String body = matcher.group(2);
        blocks.add(
            OLD_ENCRYPTION.matcher(body).find()
                ? new Pem(matcher.group(1), true, new byte[0])
                : new Pem(
                    matcher.group(1),
                    false,
                    Base64.getDecoder().decode(body.replaceAll("\\s", ""))));
      }
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    return Optional.of(blocks);
  }

  /// What stands behind `BEGIN`, such as `CERTIFICATE`.
  String label() {
    return label;
  }

  /// Whether it is encrypted in the way of old, by headers within the block.
  boolean encrypted() {
    return encrypted;
  }

  /// The content; empty where it is encrypted so.
  byte[] der() {
    return der;
  }

  /// The label alone: the content may be a key.
  @Override
  public String toString() {
    return label;
  }
}
