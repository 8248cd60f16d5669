package io.github.proxmoxzfs.pve;

import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// Several TLS contexts, each with sessions of its own, that serve new connections in turn.
///
/// A session of TLS 1.3 is resumed once: each connection uses up one ticket of the server and is
/// given another, or two, once its handshake is done. Proxmox closes idle connections before the
/// next scrape, and so a scrape opens many at once. The JDK (25) keeps up to ten tickets of a
/// server, but a full handshake throws all of them away (`sun.security.ssl.Finished` puts its own
/// session in their place). So, once tickets have run out, full handshakes rob each other of
/// theirs, and the next scrape finds as few. Here a connection resumes a session whose last
/// handshake is over, and a full handshake takes nothing from others.
final class SessionsInTurn extends SSLContextSpi {
  /// What a session says before its handshake is over, see [SSLEngine#getSession()].
  private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";

  /// How many sessions a context keeps: those of the endpoints, of which few are spoken to at a
  /// time. The JDK would keep each session that ever was for a day, 20,480 of them.
  private static final int SESSIONS = 8;

  private final TrustManager trust;
  private final int most;
  private final SSLContext first;

  /// Those that were used, the one whose last connection is the oldest first.
  private final Queue<Turn> turns = new ArrayDeque<>();

  private record Turn(SSLContext context, WeakReference<SSLEngine> last) {
    boolean isOver() {
      SSLEngine engine = last.get();
      return engine == null || !engine.getSession().getCipherSuite().equals(NO_CIPHER_SUITE);
    }
  }

  private SessionsInTurn(TrustManager trust, int most) throws GeneralSecurityException {
    this.trust = trust;
    this.most = most;
    this.first = context();
  }

  /// A context for connections that verify servers by one trust manager.
  ///
  /// @param most how many connections may be opened at once without a full handshake
  static SSLContext of(TrustManager trust, int most) throws GeneralSecurityException {
    var sessions = new SessionsInTurn(trust, most);
    return new SSLContext(sessions, sessions.first.getProvider(), sessions.first.getProtocol()) {};
  }

  private SSLContext context() throws NoSuchAlgorithmException, KeyManagementException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    return context;
  }

  private synchronized SSLEngine engine(Function<SSLContext, SSLEngine> engineOf) {
    SSLContext context = nextContext();
    SSLEngine engine = engineOf.apply(context);
    turns.add(new Turn(context, new WeakReference<>(engine)));
    return engine;
  }

  private SSLContext nextContext() {
    Optional<Turn> over = turns.stream().filter(Turn::isOver).findFirst();
    if (over.isPresent()) {
      turns.remove(over.get());
      return over.get().context();
    }
    if (turns.size() >= most) {
      return turns.remove().context();
    }
    try {
      return turns.isEmpty() ? first : context();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what worked once works again", e);
    }
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return engine(context -> context.createSSLEngine(host, port));
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return engine(SSLContext::createSSLEngine);
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return first.getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return first.getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return first.getSupportedSSLParameters();
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException("the HTTP client uses engines");
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw new UnsupportedOperationException("there are no clients");
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    throw new UnsupportedOperationException("there are no clients");
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] others, SecureRandom random) {
    throw new IllegalStateException("it is initialised from the start");
  }
}
