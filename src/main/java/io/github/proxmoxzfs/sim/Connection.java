package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// A connection that was accepted.
final class Connection {
  private final Socket socket;
  private volatile @Nullable Socket layer;
  private volatile boolean idle;

  Connection(Socket socket) {
    this.socket = socket;
  }

  Socket socket() {
    return socket;
  }

  /// The TLS layer over it, from now on.
  void layer(Socket newLayer) {
    layer = newLayer;
  }

  /// Whether it has served requests and waits for the next one.
  boolean isIdle() {
    return idle;
  }

  void idle(boolean newIdle) {
    idle = newIdle;
  }

  /// Says goodbye in TLS, then closes.
  void end() {
    var tls = layer;
    Port.closeQuietly(tls == null ? socket : tls);
  }

  /// Closes without a word of TLS.
  void close() {
    Port.closeQuietly(socket);
  }

  /// Closes with TCP RST.
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is closed already.
    }
    close();
  }
}
