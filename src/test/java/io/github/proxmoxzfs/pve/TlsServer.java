package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.sim.ServerCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A TLS server with the simulator's certificate that sends the same bytes to each request and then
/// closes the connection: for what the simulator is too well-behaved to say.
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket server;
  private final byte[] answer;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private final AtomicInteger requests = new AtomicInteger();

  private TlsServer(SSLServerSocket server, byte[] answer) {
    this.server = server;
    this.answer = answer;
  }

  static TlsServer answering(String answer) throws IOException {
    var socket =
        (SSLServerSocket)
            context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    var server = new TlsServer(socket, answer.getBytes(StandardCharsets.UTF_8));
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
      connection.getOutputStream().write(answer);
    } catch (IOException ignored) { // the client left
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
