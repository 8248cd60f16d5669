package io.github.proxmoxzfs.pve;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/// The certificate that a server presented, as far as people need it to decide on it.
///
/// @param certificate the server's own, the first of its chain
record PresentedCertificate(X509Certificate certificate) {
  // The kinds of subject alternative names, RFC 5280 4.2.1.6.
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int MAX_NAMES_SHOWN = 10;

  /// The SHA-256 fingerprint as Proxmox shows it, `AA:BB:…`.
  String fingerprint() throws CertificateEncodingException {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(sha256.digest(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The host names it is valid for, lower and upper case as written; wildcards included.
  List<String> dnsNames() throws CertificateException {
    return names(DNS_NAME);
  }

  /// The addresses it is valid for, as text.
  List<String> addresses() throws CertificateException {
    return names(IP_ADDRESS);
  }

  /// All names it is valid for, for a message.
  String namesShown() throws CertificateException {
    List<String> names = new ArrayList<>(dnsNames());
    names.addAll(addresses());
    if (names.isEmpty()) {
      return "no name at all";
    }
    List<String> shown = names.subList(0, Math.min(names.size(), MAX_NAMES_SHOWN));
    return ServerText.shown(String.join(", ", shown)) + (shown.size() < names.size() ? ", …" : "");
  }

  /// Subject, issuer and fingerprint, for a message.
  String shown() throws CertificateException {
    return "subject \"%s\", issuer \"%s\", SHA-256 fingerprint %s"
        .formatted(
            ServerText.shown(certificate.getSubjectX500Principal().getName()),
            ServerText.shown(certificate.getIssuerX500Principal().getName()),
            fingerprint());
  }

  private List<String> names(int kind) throws CertificateException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    if (all == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (List<?> name : all) {
      // The JDK's form: the kind, then the name, a text for these two kinds.
      if (name.get(0) instanceof Integer found
          && found == kind
          && name.get(1) instanceof String text) {
        names.add(text);
      }
    }
    return names;
  }
}
