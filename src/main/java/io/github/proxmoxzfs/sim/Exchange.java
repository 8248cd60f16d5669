package io.github.proxmoxzfs.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/// One request and its answer without a socket.
final class Exchange implements Wire {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private boolean wasReset;

  /// A client that waits for so long in all.
  private static final class Patience implements Waiting {
    private final Waiting waiting;
    private final long began;
    private final long nanos;

    private Patience(Waiting waiting, Duration patience) {
      this.waiting = waiting;
      this.began = waiting.nanoTime();
      this.nanos = patience.toNanos();
    }

    @Override
    public long nanoTime() {
      return waiting.nanoTime();
    }

    @Override
    public boolean await(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
      var left = Duration.ofNanos(nanos - (nanoTime() - began));
      if (atMost.compareTo(left) <= 0) {
        return waiting.await(end, atMost);
      }
      if (waiting.await(end, left)) {
        return true;
      }
      throw new Ended();
    }

    @Override
    public void await(CompletableFuture<?> end) throws InterruptedException {
      await(end, Duration.ofNanos(Long.MAX_VALUE));
    }
  }

  /// The patience has ended.
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Exchange() {}

  static ReceivedAnswer of(
      ReceivedRequest request,
      Backend backend,
      Door door,
      SimulatorOptions options,
      CompletableFuture<Void> closing,
      Duration patience)
      throws IOException, InterruptedException {
    var exchange = new Exchange();
    var waiting = new Patience(options.waiting(), patience);
    var writer = new AnswerWriter(exchange, options.clock(), waiting, closing);
    try {
      connect(door, waiting);
      new Answering(backend, door, Optional.empty(), waiting, writer).answer(request, true);
    } catch (Ended _) {
      throw new SocketTimeoutException("no whole answer within " + patience);
    }
    if (exchange.wasReset) {
      throw new SocketException("Connection reset");
    }
    return ReceivedAnswer.of(exchange.written.toByteArray());
  }

  /// What a client sees of a fault of connections.
  private static void connect(Door door, Waiting waiting) throws IOException, InterruptedException {
    var state = door.state();
    switch (state.fault()) {
      case NONE, SILENT_AFTER_REQUEST -> {
        // A connection works.
      }
      case REFUSED -> throw new ConnectException("Connection refused");
      case RESET -> throw new SocketException("Connection reset");
      case HANDSHAKE_FAILURE ->
          throw new SSLHandshakeException("Received fatal alert: handshake_failure");
      case GARBAGE -> throw new SSLException("Unsupported or unrecognized SSL message");
      case DROPPED, SILENT -> {
        waiting.await(state.end());
        throw new SocketException("Connection reset");
      }
    }
  }

  @Override
  public OutputStream output() {
    return written;
  }

  @Override
  public void reset() {
    wasReset = true;
  }

  @Override
  public CompletableFuture<Void> end(CompletableFuture<Void> closing) {
    return closing;
  }
}
