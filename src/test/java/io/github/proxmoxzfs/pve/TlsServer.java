package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.sim.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A TLS server with the simulator's certificate that sends the same bytes to each request: for
/// what the simulator is too well-behaved to say and do.
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket server;
  private final byte[] answer;
  private final CountDownLatch kept;
  private final boolean keeps;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final AtomicInteger requests = new AtomicInteger();

  private TlsServer(SSLServerSocket server, byte[] answer, int kept) {
    this.server = server;
    this.answer = answer;
    this.kept = new CountDownLatch(kept);
    this.keeps = kept > 0;
  }

  /// One that closes each connection once it has answered.
  static TlsServer answering(String answer) throws IOException {
    return start(answer, 0);
  }

  /// One that answers a connection's first request, and closes it without a word when the second
  /// one comes: as where a server closes idle connections at the moment they are used again.
  ///
  /// @param connections how many connections must have asked before any of them is answered
  static TlsServer closingWhenAskedAgain(String answer, int connections) throws IOException {
    return start(answer, connections);
  }

  private static TlsServer start(String answer, int kept) throws IOException {
    var socket =
        (SSLServerSocket)
            context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var server = new TlsServer(socket, answer.getBytes(StandardCharsets.UTF_8), kept);
    server.threads.execute(server::accept);
    return server;
  }

  int port() {
    return server.getLocalPort();
  }

  /// How many requests arrived.
  int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var connection = (SSLSocket) server.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException ignored) { // closed
        return;
      }
    }
  }

  private void serve(SSLSocket connection) {
    try (connection) {
      skipHead(connection.getInputStream());
      requests.incrementAndGet();
      kept.countDown();
      kept.await();
      connection.getOutputStream().write(answer);
      if (keeps) {
        skipHead(connection.getInputStream());
      }
    } catch (IOException | InterruptedException ignored) { // the client left, or we are closed
      return;
    }
  }

  private static void skipHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      head.append((char) next);
    }
  }

  /// A context for servers, with the simulator's certificate.
  static SSLContext context() throws IOException {
    char[] password = "simulator".toCharArray();
    try (var in = ServerCertificate.class.getResourceAsStream("certificates/proxmox.p12")) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
