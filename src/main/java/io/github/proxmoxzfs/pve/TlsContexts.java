package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.pve.ServerVerification.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes of a [Trust] what the HTTP client verifies servers with.
final class TlsContexts {
  /// The cluster's own authority, on a node: itself, which root and www-data may read (pve-cluster
  /// `PVE/Cluster/Setup.pm`), and the copy that the Debian package makes for the exporter's user.
  private static final List<Path> CLUSTER_AUTHORITY =
      List.of(
          Path.of("/etc/pve/pve-root-ca.pem"),
          Path.of("/etc/proxmox-zfs-exporter/local-pve-root-ca.pem"));

  private static final System.Logger LOG = System.getLogger(TlsContexts.class.getName());

  private TlsContexts() {}

  static SSLContext of(Connection connection) {
    return of(
        connection.trust(),
        connection.serverName(),
        connection.acceptLine(),
        CLUSTER_AUTHORITY,
        connection.inFlight());
  }

  /// @param clusterAuthority where the cluster's own authority may be; the first that can be read
  ///   counts
  /// @param connections how many may be opened at once
  static SSLContext of(
      Trust trust,
      Optional<String> serverName,
      UnaryOperator<String> acceptLine,
      List<Path> clusterAuthority,
      int connections) {
    try {
      Rule rule =
          switch (trust) {
            case Trust.SystemAuthorities() ->
                new Rule.Authorities(system(clusterAuthority), serverName);
            case Trust.AuthorityFile(List<X509Certificate> authorities) ->
                new Rule.Authorities(pkix(storeOf(authorities)), serverName);
            case Trust.Fingerprints fingerprints -> new Rule.Pinned(fingerprints.sha256());
            case Trust.None() -> new Rule.Anything();
          };
      return SessionsInTurn.of(new ServerVerification(rule, acceptLine), connections);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  private static X509ExtendedTrustManager system(List<Path> clusterAuthority)
      throws GeneralSecurityException, IOException {
    X509ExtendedTrustManager system = pkix(null);
    List<X509Certificate> cluster =
        clusterAuthority.stream()
            .filter(Files::isReadable)
            .findFirst()
            .map(TlsContexts::certificates)
            .orElse(List.of());
    if (cluster.isEmpty()) {
      return system;
    }
    List<X509Certificate> all = new ArrayList<>(List.of(system.getAcceptedIssuers()));
    all.addAll(cluster);
    return pkix(storeOf(all));
  }

  private static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (certificate instanceof X509Certificate x509) {
          found.add(x509);
        }
      }
    } catch (IOException | CertificateException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The cluster's own authority cannot be read; only the system's are trusted.",
          "file",
          file,
          "error",
          e.getMessage());
    }
    return found;
  }

  private static KeyStore storeOf(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    return store;
  }

  /// @param store the authorities; null for the system's
  private static X509ExtendedTrustManager pkix(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("the JDK has no extended PKIX trust manager");
  }
}
