package io.github.proxmoxzfs.config;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes private keys of PEM blocks: PKCS#8, and what openssl wrote before it, PKCS#1 for RSA and
/// SEC1 for elliptic curves. Java reads the first alone, which holds the others with the name of
/// their algorithm before them.
final class PrivateKeys {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /// `rsaEncryption` (1.2.840.113549.1.1.1) without parameters.
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  /// `id-ecPublicKey` (1.2.840.10045.2.1).
  private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  /// The tag of the curve's name in SEC1 (RFC 5915, `parameters [0]`).
  private static final int CURVE = 0xa0;

  private PrivateKeys() {}

  /// Whether a block is a private key, readable or not.
  static boolean isOne(Pem block) {
    return block.label().endsWith("PRIVATE KEY");
  }

  /// The key of a block that is one; empty if it is damaged or of no known kind.
  static Optional<PrivateKey> read(Pem block) {
    return switch (block.label()) {
      case "PRIVATE KEY" -> ofPkcs8(block.der(), List.of("RSA", "EC", "EdDSA"));
      case "RSA PRIVATE KEY" -> ofPkcs8(pkcs8(RSA, block.der()), List.of("RSA"));
      case "EC PRIVATE KEY" ->
          curve(block.der())
              .flatMap(
                  curve -> {
                    byte[] algorithm = der(SEQUENCE, concatenated(EC, curve));
                    return ofPkcs8(pkcs8(algorithm, block.der()), List.of("EC"));
                  });
      default -> Optional.empty();
    };
  }

  private static Optional<PrivateKey> ofPkcs8(byte[] der, List<String> algorithms) {
    for (String algorithm : algorithms) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
      } catch (GeneralSecurityException | RuntimeException _) {
        // Another algorithm's.
      }
    }
    return Optional.empty();
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, concatenated(VERSION_0, algorithm, der(OCTETS, key)));
  }

  /// The curve's name in a SEC1 key: `SEQUENCE { version, privateKey, [0] curve, [1] publicKey }`.
  private static Optional<byte[]> curve(byte[] sec1) {
    try {
      int at = contentAt(sec1, 0);
      while (at < sec1.length) {
        int content = contentAt(sec1, at);
        int end = content + length(sec1, at);
        if ((sec1[at] & 0xff) == CURVE) {
          return Optional.of(Arrays.copyOfRange(sec1, content, end));
        }
        at = end;
      }
    } catch (ArrayIndexOutOfBoundsException | ArithmeticException _) {
      // It is cut off.
    }
    return Optional.empty();
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int length = 0;
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    for (int i = at + 2; i < contentAt(der, at); i++) {
      length = Math.multiplyExact(length, 0x100) + (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(content.length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concatenated(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// Whether what the private key signs is what the public key verifies.
  static boolean belongTogether(PrivateKey secret, PublicKey shown) {
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      var signature = Signature.getInstance(algorithm);
      byte[] text = {1, 2, 3};
      signature.initSign(secret);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException | RuntimeException differentKind) {
      return false;
    }
  }
}
