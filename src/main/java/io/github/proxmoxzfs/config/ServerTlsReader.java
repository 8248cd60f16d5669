package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.ServerTls.ClientCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `tls_server_config` of `--web.config.file`, with the files that it names.
final class ServerTlsReader {
  /// Every key of the format.
  static final List<String> KEYS =
      List.of(
          "cert",
          "key",
          "client_ca",
          "cert_file",
          "key_file",
          "client_auth_type",
          "client_ca_file",
          "client_allowed_sans",
          "min_version",
          "max_version",
          "cipher_suites",
          "prefer_server_cipher_suites",
          "curve_preferences");

  /// What cannot be done, and what to do instead.
  private static final Map<String, String> REFUSED =
      Map.of(
          "cert", "certificates are read from files only: write cert_file",
          "key", "keys are read from files only: write key_file",
          "client_ca", "certificates are read from files only: write client_ca_file",
          "curve_preferences", "cannot be done here: Java chooses the curve; leave it out");

  private static final Map<String, ClientCertificates> CLIENTS =
      Map.of(
          "NoClientCert", ClientCertificates.NOT_ASKED,
          "RequestClientCert", ClientCertificates.ANY_IF_GIVEN,
          "RequireAnyClientCert", ClientCertificates.ANY,
          "RequireClientCert", ClientCertificates.ANY,
          "VerifyClientCertIfGiven", ClientCertificates.VERIFIED_IF_GIVEN,
          "RequireAndVerifyClientCert", ClientCertificates.VERIFIED);

  private static final List<String> OF_TLS_13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  /// Those that both Go, which defines the format, and Java hold for safe.
  private static final List<String> OF_TLS_12 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

  private static final int LARGEST_BYTES = 1024 * 1024;

  private final Section section;
  private final Set<Path> files;
  private final Mistakes mistakes;

  /// @param files takes those that are read
  ServerTlsReader(Section section, Set<Path> files, Mistakes mistakes) {
    this.section = section;
    this.files = files;
    this.mistakes = mistakes;
  }

  /// How TLS is to be spoken; empty where nothing is said of it, or something wrong.
  Optional<ServerTls> read() {
    if (section.keys().isEmpty()) {
      return Optional.empty();
    }
    REFUSED.forEach(
        (key, why) ->
            section.place(key).ifPresent(place -> mistakes.add(place, label(key) + ": " + why)));
    requireFile("cert");
    requireFile("key");
    List<X509Certificate> certificates =
        section.text("cert_file").map(this::certificates).orElse(List.of());
    Optional<PrivateKey> key = section.text("key_file").flatMap(this::privateKey);
    if (!certificates.isEmpty()
        && key.isPresent()
        && !PrivateKeys.belongTogether(key.get(), certificates.getFirst().getPublicKey())) {
      mistakes.add(
          section.place("key_file").orElse(section.place()),
          label("key_file") + ": is not the key of the first certificate in cert_file");
    }
    certificates.stream().findFirst().ifPresent(this::warnOfAge);
    ClientCertificates clients = clients();
    List<X509Certificate> authorities = authorities(clients);
    Set<String> names = names(clients);
    List<String> protocols = protocols();
    List<String> suites = cipherSuites(protocols);
    boolean ownOrder = section.truth("prefer_server_cipher_suites").orElse(true);
    return certificates.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ServerTls(
                certificates, key.get(), clients, authorities, names, protocols, suites, ownOrder));
  }

  private static String label(String key) {
    return "tls_server_config." + key;
  }

  private void requireFile(String what) {
    if (!section.has(what + "_file") && !section.has(what)) {
      mistakes.add(section.place(), label(what + "_file") + ": is missing");
    }
  }

  /// An expired certificate is served all the same, as Go does: some clients accept it, and none
  /// could be served without.
  private void warnOfAge(X509Certificate certificate) {
    Instant now = Instant.now();
    Place place = section.place("cert_file").orElse(section.place());
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      mistakes.warn(
          place, label("cert_file") + ": expired at " + certificate.getNotAfter().toInstant());
    } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
      mistakes.warn(
          place,
          label("cert_file") + ": is not valid before " + certificate.getNotBefore().toInstant());
    }
  }

  private ClientCertificates clients() {
    Optional<Given> given = section.text("client_auth_type");
    if (given.isPresent() && !CLIENTS.containsKey(given.get().value())) {
      mistakes.add(
          given.get(),
          "must be one of " + String.join(", ", CLIENTS.keySet().stream().sorted().toList()));
    }
    return given
        .map(type -> CLIENTS.getOrDefault(type.value(), ClientCertificates.VERIFIED))
        .orElse(ClientCertificates.NOT_ASKED);
  }

  private List<X509Certificate> authorities(ClientCertificates clients) {
    Optional<Given> file = section.text("client_ca_file");
    if (file.isPresent() && clients == ClientCertificates.NOT_ASKED) {
      mistakes.add(file.get(), "client_auth_type is missing: no client is asked for a certificate");
    }
    boolean verified =
        switch (clients) {
          case NOT_ASKED, ANY_IF_GIVEN, ANY -> false;
          case VERIFIED_IF_GIVEN, VERIFIED -> true;
        };
    if (verified && !section.has("client_ca_file")) {
      mistakes.warn(
          section.place(),
          "client_ca_file is missing: clients are let in whose certificates any public authority"
              + " signed");
    }
    return file.map(this::certificates).orElse(List.of());
  }

  private Set<String> names(ClientCertificates clients) {
    var names = new HashSet<String>();
    section
        .texts("client_allowed_sans")
        .ifPresent(given -> given.forEach(one -> names.add(one.value())));
    boolean required = clients == ClientCertificates.ANY || clients == ClientCertificates.VERIFIED;
    if (section.has("client_allowed_sans") && !required) {
      mistakes.add(
          section.place("client_allowed_sans").orElse(section.place()),
          label("client_allowed_sans")
              + ": needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert");
    }
    return names;
  }

  private List<String> protocols() {
    Optional<String> least = version("min_version");
    Optional<String> most = version("max_version");
    String from = least.orElse("TLSv1.2");
    String to = most.orElse("TLSv1.3");
    if (from.compareTo(to) > 0) {
      mistakes.add(
          section
              .place("max_version")
              .or(() -> section.place("min_version"))
              .orElse(section.place()),
          label("max_version") + ": is below min_version");
    }
    return from.equals(to) ? List.of(from) : List.of("TLSv1.3", "TLSv1.2");
  }

  private Optional<String> version(String key) {
    return section
        .text(key)
        .flatMap(
            given ->
                switch (given.value()) {
                  case "TLS12" -> Optional.of("TLSv1.2");
                  case "TLS13" -> Optional.of("TLSv1.3");
                  case "TLS10", "TLS11" -> {
                    mistakes.add(given, "cannot be done here: Java speaks TLS12 and TLS13 only");
                    yield Optional.empty();
                  }
                  default -> {
                    mistakes.add(given, "must be TLS12 or TLS13");
                    yield Optional.empty();
                  }
                });
  }

  /// As in Go, the list is about TLS 1.2: those of TLS 1.3 are always spoken where it is.
  private List<String> cipherSuites(List<String> protocols) {
    List<Given> given = section.anyTexts("cipher_suites").orElse(List.of());
    var suites = new ArrayList<String>();
    for (Given one : given) {
      if (OF_TLS_12.contains(one.value())) {
        suites.add(one.value());
      } else if (!OF_TLS_13.contains(one.value())) {
        mistakes.add(
            one,
            "is no cipher suite that is spoken here; known are "
                + String.join(", ", OF_TLS_13)
                + ", "
                + String.join(", ", OF_TLS_12));
      }
    }
    if (given.isEmpty()) {
      return List.of();
    }
    if (protocols.contains("TLSv1.3")) {
      suites.addAll(0, OF_TLS_13);
    } else if (suites.isEmpty()) {
      mistakes.add(given.getFirst(), "with max_version TLS12 one of TLS 1.2 is needed");
    }
    return suites;
  }

  private List<X509Certificate> certificates(Given given) {
    var certificates = new ArrayList<X509Certificate>();
    Optional<List<Pem>> blocks = blocks(given);
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (Pem block : blocks.orElse(List.of())) {
        if (block.label().equals("CERTIFICATE")) {
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (CertificateException damaged) {
      mistakes.add(given, "the file holds a damaged certificate");
      return List.of();
    }
    if (blocks.isPresent() && certificates.isEmpty()) {
      mistakes.add(given, "the file holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
    return certificates;
  }

  private Optional<PrivateKey> privateKey(Given given) {
    Optional<List<Pem>> blocks = blocks(given);
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pem> block = blocks.get().stream().filter(PrivateKeys::isOne).findFirst();
    if (block.isEmpty()) {
      mistakes.add(given, "the file holds no private key in PEM (-----BEGIN PRIVATE KEY-----)");
      return Optional.empty();
    }
    if (block.get().encrypted() || block.get().label().equals("ENCRYPTED PRIVATE KEY")) {
      mistakes.add(given, "the key is encrypted: openssl pkey -in FILE writes it without");
      return Optional.empty();
    }
    Optional<PrivateKey> key = PrivateKeys.read(block.get());
    if (key.isEmpty()) {
      mistakes.add(
          given, "the key is damaged, or neither RSA nor an elliptic curve that Java knows");
    }
    return key;
  }

  /// The blocks of a file, if it can be read.
  private Optional<List<Pem>> blocks(Given given) {
    try {
      Path file = given.place().directory().resolve(given.value());
      files.add(file);
      Optional<List<Pem>> blocks =
          BoundedFile.utf8(BoundedFile.read(file, LARGEST_BYTES)).flatMap(Pem::read);
      if (blocks.isEmpty()) {
        mistakes.add(given, "the file is no PEM file, or a damaged one");
      }
      return blocks;
    } catch (IOException failure) {
      mistakes.add(given, "the file cannot be read: " + BoundedFile.reason(failure));
    } catch (InvalidPathException notAPath) {
      mistakes.add(given, "is not a path");
    }
    return Optional.empty();
  }
}
