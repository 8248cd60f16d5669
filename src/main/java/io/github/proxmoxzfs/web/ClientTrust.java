package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.ServerTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Says which clients' certificates are accepted.
final class ClientTrust extends X509ExtendedTrustManager {
  /// Kinds of subject alternative names (RFC 5280, `GeneralName`) that exporter-toolkit looks at:
  /// mail, DNS, URI and address.
  private static final Set<Integer> NAMES = Set.of(1, 2, 6, 7);

  /// Verifies certificates; empty where any will do.
  private final Optional<X509ExtendedTrustManager> verification;

  private final Set<String> allowedNames;

  /// @throws GeneralSecurityException if Java refuses the authorities
  ClientTrust(ServerTls tls) throws GeneralSecurityException {
    this.verification =
        switch (tls.clients()) {
          case NOT_ASKED, ANY_IF_GIVEN, ANY -> Optional.empty();
          case VERIFIED_IF_GIVEN, VERIFIED -> Optional.of(verification(tls.authorities()));
        };
    this.allowedNames = tls.allowedNames();
  }

  private static X509ExtendedTrustManager verification(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.isEmpty() ? null : store(authorities));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("Java has no trust manager");
  }

  private static KeyStore store(List<X509Certificate> authorities) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      return store;
    } catch (IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (verification.isPresent()) {
      verification.get().checkClientTrusted(chain, authType, engine);
    }
    if (!allowedNames.isEmpty() && !bearsAllowedName(chain[0])) {
      throw new CertificateException("the client's certificate bears none of the allowed names");
    }
  }

  private boolean bearsAllowedName(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names =
        Optional.ofNullable(certificate.getSubjectAlternativeNames()).orElse(List.of());
    return names.stream()
        .filter(name -> NAMES.contains(name.get(0)))
        .anyMatch(name -> allowedNames.contains(String.valueOf(name.get(1))));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return verification
        .map(X509ExtendedTrustManager::getAcceptedIssuers)
        .orElseGet(() -> new X509Certificate[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  private static CertificateException onlyEngines() {
    return new CertificateException("only clients of the server's engine are checked");
  }
}
