package io.github.proxmoxzfs.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One connection of a client: reads requests one after another and writes their answers, with the
/// limits of pve-http-server (`AnyEvent.pm`).
final class HttpConnection {
  private static final int MAX_REQUESTS = 100;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;

  /// How long a client that has begun may take to go on, handshake included.
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Connection connection;
  private final Socket socket;
  private final InputStream in;
  private final SimulatorOptions options;
  private final Answering answering;

  /// @param connection the connection, told when it is idle
  /// @param socket the same, after TLS where there is TLS
  /// @param in its input, with what was read of it already
  HttpConnection(
      Connection connection,
      Socket socket,
      InputStream in,
      SimulatorOptions options,
      Answering answering) {
    this.connection = connection;
    this.socket = socket;
    this.in = in;
    this.options = options;
    this.answering = answering;
  }

  /// Serves until one side closes.
  void serve() throws IOException, InterruptedException {
    boolean open = true;
    for (int requests = 1; open; requests++) {
      // A new connection is not idle: only one that has served a request is.
      waitAtMost(socket, requests == 1 ? PATIENCE : options.idleTimeout());
      connection.idle(requests > 1);
      var request = readRequest();
      if (request.isEmpty()) {
        return;
      }
      var keepAlive = requests < MAX_REQUESTS && wantsKeepAlive(request.get());
      open = answering.answer(request.get(), keepAlive);
      if (!open && request.get().headers().containsKey("transfer-encoding")) {
        discardInput();
      }
    }
  }

  /// Reads what the client still sends: closing a socket with unread input resets the connection,
  /// and the client would lose the answer.
  private void discardInput() throws IOException {
    socket.shutdownOutput();
    for (int left = MAX_BODY_BYTES; left > 0 && in.read() >= 0; left--) {
      // The content does not matter.
    }
  }

  /// Ends reading with a [SocketTimeoutException] when nothing arrives for so long.
  static void waitAtMost(Socket socket, Duration duration) throws IOException {
    socket.setSoTimeout(Math.toIntExact(Math.max(1, duration.toMillis())));
  }

  private static boolean wantsKeepAlive(ReceivedRequest request) {
    return !request.header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
  }

  /// The next request; empty if the client left or stayed idle.
  Optional<ReceivedRequest> readRequest() throws IOException {
    try {
      var head = readHead();
      if (head.isEmpty()) {
        return Optional.empty();
      }
      var lines = head.get().split("\r\n");
      var requestLine = lines[0].split(" ", 3);
      if (requestLine.length < 3) {
        return Optional.empty();
      }
      var headers = headers(lines);
      // Proxmox does not read what it refuses, so a chunked body stays in the pipe.
      var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      var body =
          new String(in.readNBytes(Math.min(length, MAX_BODY_BYTES)), StandardCharsets.UTF_8);
      return Optional.of(new ReceivedRequest(requestLine[0], requestLine[1], headers, body));
    } catch (SocketTimeoutException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Map<String, String> headers(String[] lines) {
    var headers = new HashMap<String, String>();
    for (int i = 1; i < lines.length; i++) {
      var colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /// Request line and headers. Beyond 8 KiB the real server reads no further and answers nothing
  /// until it closes the connection as an idle one.
  private Optional<String> readHead() throws IOException {
    var head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      if (head.size() == 0) {
        connection.idle(false);
        waitAtMost(socket, PATIENCE);
      }
      if (head.size() == MAX_HEADER_BYTES) {
        waitAtMost(socket, options.idleTimeout());
      } else {
        head.write(next);
        matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
      }
    }
    return Optional.of(head.toString(StandardCharsets.UTF_8));
  }
}
