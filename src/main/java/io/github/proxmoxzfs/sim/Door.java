package io.github.proxmoxzfs.sim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The simulator's port: accepts connections, speaks TLS on them or fails to.
final class Door implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

  /// The first byte of a TLS handshake record; anything else is plain HTTP.
  private static final int HANDSHAKE = 22;

  private static final int MAX_RECORD_BYTES = 16 * 1024;

  /// A TLS record: alert, fatal, handshake_failure.
  private static final byte[] ALERT = HexFormat.of().parseHex("15030300020228");

  private static final byte[] NOT_TLS =
      "220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SimulatorOptions options;
  private final Backend backend;
  private final CompletableFuture<Void> closing;
  private final Port port;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("simulator-", 0).factory());
  private final Map<String, ConnectionFault> faultsAfter = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong resumed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile SSLContext tls;
  private volatile State state = State.of(ConnectionFault.NONE);

  /// How connections fail at present.
  ///
  /// @param fault the fault
  /// @param end completes when another one begins, and when the simulator is closed
  record State(ConnectionFault fault, CompletableFuture<Void> end) {
    private static State of(ConnectionFault fault) {
      return new State(fault, new CompletableFuture<>());
    }
  }

  Door(SimulatorOptions options, Backend backend, CompletableFuture<Void> closing)
      throws IOException {
    this.options = options;
    this.backend = backend;
    this.closing = closing;
    this.tls = options.certificate().context();
    this.port = new Port(options.port(), threads, this::accept);
  }

  int port() {
    return port.number();
  }

  State state() {
    return state;
  }

  void fault(ConnectionFault newFault) {
    fault(newFault, Optional.empty());
  }

  /// @param spared the connection that stays as it is
  private synchronized void fault(ConnectionFault newFault, Optional<Connection> spared) {
    var before = state;
    if (before.fault() == newFault || closing.isDone()) {
      return;
    }
    var wasListening =
        before.fault() != ConnectionFault.REFUSED && before.fault() != ConnectionFault.DROPPED;
    state = State.of(newFault);
    switch (newFault) {
      case REFUSED -> port.refuse();
      case DROPPED -> port.drop();
      case NONE, SILENT, SILENT_AFTER_REQUEST, RESET, HANDSHAKE_FAILURE, GARBAGE -> {
        if (!wasListening) {
          port.open();
        }
      }
    }
    switch (newFault) {
      case NONE, DROPPED, SILENT, SILENT_AFTER_REQUEST -> {
        // Open ones stay: they work again, or are not answered any more.
      }
      case RESET -> others(spared).forEach(Connection::reset);
      case REFUSED, HANDSHAKE_FAILURE, GARBAGE -> others(spared).forEach(Connection::close);
    }
    before.end().complete(null);
  }

  private List<Connection> others(Optional<Connection> spared) {
    return connections.stream().filter(c -> !spared.equals(Optional.of(c))).toList();
  }

  void faultAfter(String path, ConnectionFault newFault) {
    faultsAfter.put(path, newFault);
  }

  void certificate(ServerCertificate certificate) {
    tls = certificate.context();
    closeIdleConnections();
    connections.forEach(Connection::close);
  }

  void closeIdleConnections() {
    connections.stream().filter(Connection::isIdle).forEach(Connection::end);
  }

  Traffic traffic(long logins) {
    return new Traffic(
        opened.get(), connections.size(), full.get(), resumed.get(), failed.get(), logins);
  }

  @Override
  public synchronized void close() {
    port.close();
    state.end().complete(null);
    connections.forEach(Connection::close);
    threads.shutdownNow();
    threads.close();
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        var connection = new Connection(server.accept());
        opened.incrementAndGet();
        connections.add(connection);
        if (server.isClosed()) { // Too late for those who close all connections to find it.
          connection.close();
          connections.remove(connection);
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

  private void serve(Connection connection) {
    try (var socket = connection.socket()) {
      socket.setTcpNoDelay(true);
      HttpConnection.waitAtMost(socket, HttpConnection.PATIENCE);
      var now = state;
      switch (now.fault()) {
        case NONE, SILENT_AFTER_REQUEST -> greet(connection);
        case RESET -> connection.reset();
        case SILENT, REFUSED, DROPPED -> options.waiting().await(now.end());
        case HANDSHAKE_FAILURE -> sendInsteadOfTls(socket, ALERT);
        case GARBAGE -> sendInsteadOfTls(socket, NOT_TLS);
      }
    } catch (IOException _) {
      // The client left, or refused our certificate.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private static void sendInsteadOfTls(Socket socket, byte[] message) throws IOException {
    // Unread input would turn the close into a reset.
    var _ = socket.getInputStream().read(new byte[MAX_RECORD_BYTES]);
    socket.getOutputStream().write(message);
  }

  private void greet(Connection connection) throws IOException, InterruptedException {
    var first = connection.socket().getInputStream().read();
    var consumed = new byte[] {(byte) first};
    if (first == HANDSHAKE) {
      serveTls(connection, consumed);
    } else if (first >= 0) {
      redirect(connection, consumed);
    }
  }

  private void serveTls(Connection connection, byte[] consumed)
      throws IOException, InterruptedException {
    try (var layer =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(connection.socket(), new ByteArrayInputStream(consumed), true)) {
      layer.setUseClientMode(false);
      layer.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      shakeHands(layer);
      connection.layer(layer);
      new HttpConnection(
              connection, layer, layer.getInputStream(), options, answering(connection, layer))
          .serve();
    }
  }

  /// A resumed session keeps the time at which it was made in an earlier handshake, also where it
  /// comes out of a ticket (JDK 25).
  private void shakeHands(SSLSocket layer) throws IOException {
    var began = System.currentTimeMillis();
    try {
      layer.startHandshake();
    } catch (IOException e) {
      failed.incrementAndGet();
      throw e;
    }
    (layer.getSession().getCreationTime() < began ? resumed : full).incrementAndGet();
  }

  /// Plain HTTP on the port: the request is sent to https, then the connection is closed.
  private void redirect(Connection connection, byte[] consumed)
      throws IOException, InterruptedException {
    var socket = connection.socket();
    var in = new SequenceInputStream(new ByteArrayInputStream(consumed), socket.getInputStream());
    var answering = answering(connection, socket);
    var request = new HttpConnection(connection, socket, in, options, answering).readRequest();
    if (request.isPresent()) {
      var host = request.get().header("host").orElse("127.0.0.1");
      var answer =
          Answer.plain(301, "Moved Permanently")
              .withHeader("Location", "https://" + host + request.get().target());
      answering.writer().write(Api.Reply.ofProxy(answer), request.get(), true, () -> {});
    }
  }

  private Answering answering(Connection connection, Socket stream) {
    var wire = new Wire.OfSocket(connection, stream);
    var writer = new AnswerWriter(wire, options.clock(), options.waiting(), closing);
    return new Answering(backend, this, Optional.of(connection), options.waiting(), writer);
  }

  /// Begins the fault that is to come after this answer, before the client can have it.
  ///
  /// @param connection where the answer goes: it works until then
  /// @return whether the connection goes on afterwards
  boolean sending(ReceivedRequest request, Optional<Connection> connection) {
    var next = faultsAfter.remove(request.path());
    if (next != null) {
      fault(next, connection);
    }
    return next == null || next.silent() || next == ConnectionFault.NONE;
  }
}
