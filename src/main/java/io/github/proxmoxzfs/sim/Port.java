package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// A port on 127.0.0.1 that is open, closed or deaf, and stays ours all the time.
final class Port implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final int number;

  /// What keeps the port: a listening socket that is accepted from, one that is bound only, or a
  /// listening one with a full backlog.
  private final List<AutoCloseable> holders = new ArrayList<>();

  private final Executor threads;
  private final Acceptor acceptor;

  /// Completes when nobody accepts any more: only then the system has closed the socket.
  private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);

  /// What accepts connections until the socket is closed.
  interface Acceptor {
    void accept(ServerSocket server);
  }

  /// Opens a port.
  ///
  /// @param number the port; 0 for a free one
  Port(int number, Executor threads, Acceptor acceptor) throws IOException {
    this.threads = threads;
    this.acceptor = acceptor;
    var server = listen(number, BACKLOG);
    this.number = server.getLocalPort();
    holders.add(server);
    acceptFrom(server);
  }

  int number() {
    return number;
  }

  /// Accepts connections.
  void open() {
    acceptFrom(change(() -> listen(number, BACKLOG)));
  }

  /// Refuses connections.
  void refuse() {
    change(
        () -> {
          var bound = new Socket();
          bound.setReuseAddress(true);
          bound.bind(address(number));
          return bound;
        });
  }

  /// Fills the backlog of a socket that nobody accepts from: Linux drops what does not fit in.
  void drop() {
    change(
        () -> {
          var deaf = listen(number, 1);
          for (int i = 0; i < 4; i++) {
            var filling = SocketChannel.open();
            holders.add(filling);
            filling.configureBlocking(false);
            filling.connect(address(number));
          }
          return deaf;
        });
  }

  @Override
  public void close() {
    holders.forEach(Port::closeQuietly);
    holders.clear();
    accepting.join();
  }

  private void acceptFrom(ServerSocket server) {
    accepting = CompletableFuture.runAsync(() -> acceptor.accept(server), threads);
  }

  static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // It is as closed as it can be.
    }
  }

  private interface Opening<T extends AutoCloseable> {
    T open() throws IOException;
  }

  private <T extends AutoCloseable> T change(Opening<T> opening) {
    close();
    try {
      var holder = opening.open();
      holders.add(holder);
      return holder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket listen(int number, int backlog) throws IOException {
    var server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(address(number), backlog);
    return server;
  }

  private static InetSocketAddress address(int number) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), number);
  }
}
