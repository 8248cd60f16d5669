package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/// TLS for the JDK's server, as it is in force when a connection begins. The server takes one
/// context for its life; this one hands out the engines of the context of the moment.
///
/// The server makes an engine and then, on the same thread, asks how to set it up (JDK 25,
/// `sun.net.httpserver.SSLStreams`); both must be of one configuration.
final class FreshTls extends HttpsConfigurator {
  /// How the engine is to be set up that this thread has just made.
  private static final ThreadLocal<SSLParameters> OF_THE_LAST_ENGINE = new ThreadLocal<>();

  private FreshTls(Context context) {
    super(context);
  }

  /// @param current TLS as it is in force
  static FreshTls of(Supplier<TlsSetup> current) {
    return new FreshTls(new Context(new Spi(current), current.get().context()));
  }

  @Override
  public void configure(HttpsParameters parameters) {
    parameters.setSSLParameters(OF_THE_LAST_ENGINE.get());
    OF_THE_LAST_ENGINE.remove();
  }

  private static final class Context extends SSLContext {
    Context(Spi spi, SSLContext like) {
      super(spi, like.getProvider(), like.getProtocol());
    }
  }

  private static final class Spi extends SSLContextSpi {
    private final Supplier<TlsSetup> current;

    Spi(Supplier<TlsSetup> current) {
      this.current = current;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      TlsSetup setup = current.get();
      OF_THE_LAST_ENGINE.set(setup.parameters());
      return setup.engine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return engineCreateSSLEngine();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw new UnsupportedOperationException("it has been set up");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new UnsupportedOperationException("for engines only");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new UnsupportedOperationException("for engines only");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return current.get().context().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return current.get().context().getClientSessionContext();
    }
  }
}
