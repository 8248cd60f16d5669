package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// What answers are written to.
interface Wire {
  OutputStream output() throws IOException;

  /// Resets the connection.
  void reset();

  /// A socket.
  ///
  /// @param connection the TCP connection
  /// @param stream what to write to: the TLS layer over it, or itself
  record OfSocket(Connection connection, Socket stream) implements Wire {
    @Override
    public OutputStream output() throws IOException {
      return stream.getOutputStream();
    }

    @Override
    public void reset() {
      connection.reset();
    }
  }
}
