package io.github.proxmoxzfs.pve;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Decides on the certificate of a server, and says of a refused one which it was, why it was
/// refused, and what would accept it.
///
/// It is an extended trust manager since JSSE wraps any other in checks of its own.
final class ServerVerification extends X509ExtendedTrustManager {
  /// How a chain is judged.
  sealed interface Rule {
    /// By authorities.
    ///
    /// @param pkix the JDK's own trust manager for them
    /// @param serverName the name to check instead of the endpoint's
    record Authorities(X509ExtendedTrustManager pkix, Optional<String> serverName)
        implements Rule {}

    /// By the fingerprint of the server's own certificate; name, dates and chain do not matter.
    record Pinned(Set<String> sha256) implements Rule {}

    /// Not at all.
    record Anything() implements Rule {}
  }

  private final Rule rule;
  private final UnaryOperator<String> acceptLine;

  ServerVerification(Rule rule, UnaryOperator<String> acceptLine) {
    this.rule = rule;
    this.acceptLine = acceptLine;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    var presented = new PresentedCertificate(chain[0]);
    switch (rule) {
      case Rule.Anything() -> {}
      case Rule.Pinned(Set<String> sha256) -> {
        if (!sha256.contains(presented.fingerprint())) {
          throw refused(
              presented,
              engine,
              "has none of the configured fingerprints: it was renewed, or this is another server");
        }
      }
      case Rule.Authorities(X509ExtendedTrustManager pkix, Optional<String> serverName) -> {
        if (serverName.isPresent()) {
          checkNamed(pkix, chain, authType, engine, serverName.get());
        } else {
          checkByEndpoint(pkix, chain, authType, engine);
        }
      }
    }
  }

  private void checkNamed(
      X509ExtendedTrustManager pkix,
      X509Certificate[] chain,
      String authType,
      SSLEngine engine,
      String serverName)
      throws CertificateException {
    var presented = new PresentedCertificate(chain[0]);
    try {
      pkix.checkServerTrusted(chain, authType); // the chain only, no name
    } catch (CertificateException e) {
      throw refused(presented, engine, chainFault(chain, e));
    }
    if (!ServerNames.matches(presented.dnsNames(), presented.addresses(), serverName)) {
      throw refused(presented, engine, wrongName(presented, serverName));
    }
  }

  private void checkByEndpoint(
      X509ExtendedTrustManager pkix, X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      pkix.checkServerTrusted(chain, authType, engine); // the HTTP client asks for the name's check
    } catch (CertificateException fault) {
      var presented = new PresentedCertificate(chain[0]);
      try {
        pkix.checkServerTrusted(chain, authType);
      } catch (CertificateException chainFault) {
        throw refused(presented, engine, chainFault(chain, chainFault));
      }
      throw refused(presented, engine, wrongName(presented, String.valueOf(engine.getPeerHost())));
    }
  }

  private static String wrongName(PresentedCertificate presented, String name)
      throws CertificateException {
    return "is not valid for the name %s, only for %s".formatted(name, presented.namesShown());
  }

  private static String chainFault(X509Certificate[] chain, CertificateException fault) {
    for (X509Certificate certificate : chain) {
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        return "expired on " + certificate.getNotAfter().toInstant();
      } catch (CertificateNotYetValidException e) {
        return "is not valid before " + certificate.getNotBefore().toInstant();
      }
    }
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException) {
        return "was not issued by a trusted authority";
      }
    }
    return "was not accepted: " + ServerText.shown(String.valueOf(fault.getMessage()));
  }

  private CertificateRefusedException refused(
      PresentedCertificate presented, SSLEngine engine, String why) throws CertificateException {
    return new CertificateRefusedException(
        "The certificate presented by %s:%s %s. It is: %s. This line of configuration would accept it: %s"
            .formatted(
                engine.getPeerHost(),
                engine.getPeerPort(),
                why,
                presented.shown(),
                acceptLine.apply(presented.fingerprint())),
        presented.certificate().getNotAfter().toInstant());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("the HTTP client uses engines");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("a server is verified by its engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("there are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("there are no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("there are no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
