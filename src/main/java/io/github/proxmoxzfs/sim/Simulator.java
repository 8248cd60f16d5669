package io.github.proxmoxzfs.sim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A Proxmox VE API over real TLS on loopback: it replays the answers of a [Scenario] and behaves
/// on the wire as pve-http-server 6.0 does, credentials and rights included.
public final class Simulator implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

  private static final int BACKLOG = 200;

  /// The first byte of a TLS handshake record; anything else is plain HTTP.
  private static final int HANDSHAKE = 22;

  private final SimulatorOptions options;
  private final SSLContext tls;
  private final Api api;
  private final RequestLog log = new RequestLog();
  private final ServerSocket server;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("simulator-", 0).factory());

  private Simulator(Scenario scenario, SimulatorOptions options) throws IOException {
    this.options = options;
    this.tls = options.certificate().context();
    this.api = new Api(scenario, options);
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), options.port()), BACKLOG);
  }

  /// Starts to listen on 127.0.0.1.
  ///
  /// @throws UncheckedIOException if the port cannot be had
  public static Simulator start(Scenario scenario, SimulatorOptions options) {
    try {
      var simulator = new Simulator(scenario, options);
      simulator.threads.execute(simulator::accept);
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `https://127.0.0.1:PORT`.
  public URI endpoint() {
    return URI.create("https://127.0.0.1:" + server.getLocalPort());
  }

  /// The CA that signs the certificates, but for [ServerCertificate#OTHER_AUTHORITY].
  public static String certificateAuthorityPem() {
    return ServerCertificate.authorityPem();
  }

  /// Answers a path so from now on, whatever the scenario has; the caller's credentials are still
  /// checked, but not rights, nodes and parameters.
  ///
  /// @param pathWithQuery the decoded path below `/api2/json`; without a query it stands for any
  public void answer(String pathWithQuery, Answer answer) {
    answer(pathWithQuery, _ -> answer);
  }

  /// Answers a path by a function, which may block; it runs on the connection's own thread.
  public void answer(String pathWithQuery, Function<ReceivedRequest, Answer> answer) {
    api.overrides().put(pathWithQuery, answer);
  }

  /// Takes back what [#answer(String, Answer)] set.
  public void restore(String pathWithQuery) {
    api.overrides().remove(pathWithQuery);
  }

  /// Refuses all logins with `401 authentication failure` until `restore("/access/ticket")`.
  public void refuseLogins() {
    answer("/access/ticket", Answer.error(401, "authentication failure"));
  }

  /// Makes all tickets invalid, as after a new authentication key and a restart.
  public void revokeTickets() {
    api.tickets().revokeAll();
  }

  /// Stops or starts the cluster file system: while it is down, each request fails with `500
  /// RPCEnvironment init request failed: …`, logins too.
  public void clusterFileSystemDown(boolean down) {
    api.clusterFileSystemDown(down);
  }

  /// Who exists and may do what now.
  public AccessList access() {
    return api.access();
  }

  /// Replaces the access list; tickets and tokens of users that remain stay valid.
  public void access(AccessList access) {
    api.access(access);
  }

  /// The last requests, 10,000 at most, oldest first.
  public List<ReceivedRequest> requests() {
    return log.requests();
  }

  /// How many requests asked for a path below `/api2/json`, whatever their query.
  public long requestCount(String path) {
    return requests().stream().filter(r -> r.path().equals(path)).count();
  }

  /// The most requests that were in service at once.
  public int maxConcurrentRequests() {
    return log.maximum("");
  }

  /// The most requests for a node that were in service at once.
  public int maxConcurrentRequests(String node) {
    return log.maximum(node);
  }

  /// Forgets the requests and maxima so far.
  public void forgetRequests() {
    log.clear();
  }

  /// Closes all connections, those in the middle of an answer too, and ends all threads.
  @Override
  public void close() {
    closing.countDown();
    closeQuietly(server);
    connections.forEach(Simulator::closeQuietly);
    threads.shutdownNow();
    threads.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var connection = server.accept();
        connections.add(connection);
        if (server.isClosed()) { // Too late for close() to find it.
          closeQuietly(connection);
          return;
        }
        threads.execute(() -> serve(connection));
      } catch (RejectedExecutionException _) {
        return; // Closed in between.
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.log(Level.WARNING, "The simulator cannot accept connections.", "error", e);
        }
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      HttpConnection.waitAtMost(connection, HttpConnection.PATIENCE);
      var first = connection.getInputStream().read();
      var consumed = new byte[] {(byte) first};
      if (first == HANDSHAKE) {
        serveTls(connection, consumed);
      } else if (first >= 0) {
        redirect(connection, consumed);
      }
    } catch (IOException _) {
      // The client left, or refused our certificate.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private void serveTls(Socket connection, byte[] consumed)
      throws IOException, InterruptedException {
    try (var layer =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(connection, new ByteArrayInputStream(consumed), true)) {
      layer.setUseClientMode(false);
      layer.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      var writer = new AnswerWriter(connection, layer, options.clock(), closing);
      new HttpConnection(layer, layer.getInputStream(), options, writer, new LoggedService())
          .serve();
    }
  }

  /// Plain HTTP on the port: the request is sent to https, then the connection is closed.
  private void redirect(Socket connection, byte[] consumed)
      throws IOException, InterruptedException {
    var in =
        new SequenceInputStream(new ByteArrayInputStream(consumed), connection.getInputStream());
    var writer = new AnswerWriter(connection, connection, options.clock(), closing);
    var request =
        new HttpConnection(connection, in, options, writer, new LoggedService()).readRequest();
    if (request.isPresent()) {
      var host = request.get().header("host").orElse("127.0.0.1");
      var answer =
          Answer.plain(301, "Moved Permanently")
              .withHeader("Location", "https://" + host + request.get().target());
      writer.write(Api.Reply.ofProxy(answer), request.get(), true, () -> {});
    }
  }

  private final class LoggedService implements HttpConnection.Service {
    @Override
    public Api.Reply answer(ReceivedRequest request) {
      log.begin(request);
      try {
        return api.answer(request);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "The simulator failed.", "request", request, "error", e);
        return Api.Reply.ofProxy(Answer.error(500, "the simulator failed"));
      }
    }

    @Override
    public void answered(ReceivedRequest request) {
      log.end(request);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // It is as closed as it can be.
    }
  }
}
