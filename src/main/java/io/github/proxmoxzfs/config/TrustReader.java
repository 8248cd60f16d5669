package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.DraftTrust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes trust of what was given: an authority file, fingerprints, or none at all.
final class TrustReader {
  private static final int LARGEST_BYTES = 1024 * 1024;
  private static final Pattern HEXADECIMAL =
      Pattern.compile("(?i)[0-9a-f]{2}(?:(?::[0-9a-f]{2})*|(?:[0-9a-f]{2})*)");
  private static final int SHA_1_BYTES = 20;
  private static final int SHA_256_BYTES = 32;

  private final Mistakes mistakes;

  TrustReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /// The trust of a cluster, if it is not mistaken.
  Optional<Trust> read(DraftTrust given) {
    Optional<Given> fingerprint = given.fingerprints().flatMap(list -> list.stream().findFirst());
    List<Given> all =
        Stream.of(given.authorityFile(), fingerprint, given.insecure())
            .flatMap(Optional::stream)
            .toList();
    if (all.size() > 1) {
      String keys = all.stream().map(TrustReader::key).collect(Collectors.joining(", "));
      Given last = all.getLast();
      mistakes.add(last.place(), key(last) + ": only one of these may be given: " + keys);
    }
    Optional<Trust> file = given.authorityFile().flatMap(this::authorities);
    Optional<Trust> fingerprints = given.fingerprints().map(this::fingerprints);
    if (given.insecure().isPresent()) {
      return Optional.of(new Trust.None());
    }
    if (given.authorityFile().isPresent() || given.fingerprints().isPresent()) {
      return file.or(() -> fingerprints);
    }
    return Optional.of(new Trust.SystemAuthorities());
  }

  /// The key, without the number of an entry.
  private static String key(Given given) {
    int comma = given.key().indexOf(',');
    return comma < 0 ? given.key() : given.key().substring(0, comma);
  }

  private Trust fingerprints(List<Given> given) {
    List<String> fingerprints = new ArrayList<>();
    for (Given one : given) {
      String text = one.value().strip();
      if (!HEXADECIMAL.matcher(text).matches()) {
        mistakes.add(one, "must be a SHA-256 in hexadecimal, such as AA:BB:… with 32 pairs");
        continue;
      }
      byte[] bytes = HexFormat.of().parseHex(text.replace(":", ""));
      if (bytes.length == SHA_1_BYTES) {
        mistakes.add(one, "is a SHA-1 (20 pairs): the SHA-256 is needed, which has 32");
      } else if (bytes.length != SHA_256_BYTES) {
        mistakes.add(one, "has " + bytes.length + " pairs: a SHA-256 has 32");
      } else {
        fingerprints.add(HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes));
      }
    }
    return new Trust.Fingerprints(fingerprints);
  }

  private Optional<Trust> authorities(Given given) {
    try {
      Path file = given.place().directory().resolve(given.value());
      byte[] bytes = BoundedFile.read(file, LARGEST_BYTES);
      List<X509Certificate> certificates = new ArrayList<>();
      var factory = CertificateFactory.getInstance("X.509");
      for (var certificate : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) certificate);
      }
      if (!certificates.isEmpty()) {
        return Optional.of(new Trust.AuthorityFile(file, certificates));
      }
      mistakes.add(given, "the file holds no certificate");
    } catch (CertificateException notCertificates) {
      mistakes.add(given, "the file holds no certificate, or a damaged one");
    } catch (IOException failure) {
      mistakes.add(given, "the file cannot be read: " + BoundedFile.reason(failure));
    } catch (InvalidPathException notAPath) {
      mistakes.add(given, "is not a path");
    }
    return Optional.empty();
  }
}
