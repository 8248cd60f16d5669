package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.ServerTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// TLS as it is configured, ready to speak. It has a cache of sessions of its own, so that a
/// session that was begun under another configuration is not resumed under this one.
final class TlsSetup {
  private static final int MOST_SESSIONS = 100;
  private static final char[] NO_PASSWORD = {};

  private final SSLContext context;
  private final SSLParameters parameters;

  /// @throws GeneralSecurityException if Java refuses the certificates or the key
  TlsSetup(ServerTls tls) throws GeneralSecurityException {
    this.context = SSLContext.getInstance("TLS");
    context.init(keys(tls).getKeyManagers(), new TrustManager[] {new ClientTrust(tls)}, null);
    // The JDK would keep 20,000 for a day.
    context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
    this.parameters = parameters(context, tls);
  }

  private static KeyManagerFactory keys(ServerTls tls) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "ours", tls.key(), NO_PASSWORD, tls.certificates().toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory;
    } catch (IOException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }

  private static SSLParameters parameters(SSLContext context, ServerTls tls) {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(tls.protocols().toArray(String[]::new));
    if (!tls.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(tls.cipherSuites().toArray(String[]::new));
    }
    parameters.setUseCipherSuitesOrder(tls.ownOrder());
    // Setting one of these undoes the other.
    switch (tls.clients()) {
      case NOT_ASKED -> {}
      case ANY_IF_GIVEN, VERIFIED_IF_GIVEN -> parameters.setWantClientAuth(true);
      case ANY, VERIFIED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  /// What speaks with one client.
  SSLEngine engine() {
    return context.createSSLEngine();
  }

  /// How it is to speak.
  SSLParameters parameters() {
    return parameters;
  }

  SSLContext context() {
    return context;
  }
}
