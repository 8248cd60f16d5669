package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/// What answers are written to.
interface Wire {
  OutputStream output() throws IOException;

  /// Resets the connection.
  void reset();

  /// What completes when the client leaves or the simulator does; nothing more is read.
  ///
  /// @param closing completes when the simulator is closed
  CompletableFuture<Void> end(CompletableFuture<Void> closing);

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

    /// Reads until there is nothing to read: nobody else notices that a client has left that waits
    /// for an answer.
    @Override
    public CompletableFuture<Void> end(CompletableFuture<Void> closing) {
      var end = new CompletableFuture<Void>();
      Thread.ofVirtual()
          .name("simulator-watch")
          .start(
              () -> {
                try {
                  stream.setSoTimeout(0);
                  stream.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException _) {
                  // It was closed.
                } finally {
                  end.complete(null);
                }
              });
      return end;
    }
  }
}
