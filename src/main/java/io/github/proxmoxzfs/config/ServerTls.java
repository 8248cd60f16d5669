package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/// How the exporter's own port speaks TLS.
///
/// @param certificates our certificate and those between it and its authority, at least one
/// @param key the private key of the first of them
/// @param clients what is asked of clients
/// @param authorities who may have signed clients' certificates where these are verified; Java's
///   own list if empty
/// @param allowedNames a client's certificate must bear one of these as a subject alternative name;
///   any will do if empty
/// @param protocols the versions that are spoken, as Java calls them: `TLSv1.2`, `TLSv1.3`
/// @param cipherSuites those that are spoken, the preferred first; Java's choice if empty
/// @param ownOrder whether our order of cipher suites counts rather than the client's
public record ServerTls(
    List<X509Certificate> certificates,
    PrivateKey key,
    ClientCertificates clients,
    List<X509Certificate> authorities,
    Set<String> allowedNames,
    List<String> protocols,
    List<String> cipherSuites,
    boolean ownOrder) {
  /// What is asked of clients.
  public enum ClientCertificates {
    /// Nothing.
    NOT_ASKED,
    /// Those that have a certificate show it; any will do.
    ANY_IF_GIVEN,
    /// They must show one; any will do.
    ANY,
    /// Those that have one show it, and it must be verified.
    VERIFIED_IF_GIVEN,
    /// They must show one that can be verified.
    VERIFIED
  }

  public ServerTls {
    certificates = List.copyOf(certificates);
    requireNonNull(key, "key is null");
    requireNonNull(clients, "clients is null");
    authorities = List.copyOf(authorities);
    allowedNames = Set.copyOf(allowedNames);
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }

  /// Neither the key nor the certificates, which are long.
  @Override
  public String toString() {
    return "ServerTls[protocols=" + protocols + ", clients=" + clients + "]";
  }
}
