package io.github.proxmoxzfs.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Clients of the exporter: a good one, and bad ones.
final class Client {
  /// What came back.
  ///
  /// @param status the HTTP status; 0 if the connection ended without an answer
  record Response(int status, String body, Duration took) {}

  private Client() {}

  /// Asks with the patience that it tells of.
  static Response get(int port, String path, double timeoutSeconds) throws IOException {
    long began = System.nanoTime();
    try (var socket = connected(port)) {
      socket.setSoTimeout((int) (1000 * timeoutSeconds) + 5000);
      send(
          socket,
          "GET %s HTTP/1.0\r\nX-Prometheus-Scrape-Timeout-Seconds: %s\r\n\r\n"
              .formatted(path, timeoutSeconds));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var took = Duration.ofNanos(System.nanoTime() - began);
      int head = text.indexOf("\r\n\r\n");
      return head < 0
          ? new Response(0, text, took)
          : new Response(Integer.parseInt(text.split(" ", 3)[1]), text.substring(head + 4), took);
    }
  }

  /// Has something done.
  ///
  /// @return the status
  static int post(int port, String path) throws IOException {
    try (var socket = connected(port)) {
      send(socket, "POST %s HTTP/1.0\r\nContent-Length: 0\r\n\r\n".formatted(path));
      var text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(text.split(" ", 3)[1]);
    }
  }

  /// Does something that no client should.
  static void misbehave(int port, RandomGenerator random) {
    List<Socket> sockets = new ArrayList<>();
    try {
      var socket = connected(port);
      sockets.add(socket);
      switch (random.nextInt(7)) {
        case 0 -> {
          send(socket, "GET /probe?target=two-endp");
          pause(random.nextInt(4000));
        }
        case 1 -> {
          ask(socket);
          drip(socket.getInputStream(), random.nextInt(200));
          reset(socket);
        }
        case 2 -> send(socket, "\u0016\u0003\u0001 this is not HTTP\r\n\r\n");
        case 3 -> {
          send(socket, "GET /metrics HTTP/1.1\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n");
          pause(random.nextInt(500));
        }
        case 4 -> {
          ask(socket);
          reset(socket);
        }
        case 5 -> {
          ask(socket);
          socket.shutdownOutput();
          drip(socket.getInputStream(), 5);
        }
        default -> {
          for (int i = 0; i < 20; i++) {
            sockets.add(connected(port));
          }
          pause(random.nextInt(2000));
        }
      }
    } catch (IOException _) {
      // The server had enough of us.
    } finally {
      sockets.forEach(Client::close);
    }
  }

  private static void ask(Socket socket) throws IOException {
    send(socket, "GET /probe?target=two-endpoints HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static void drip(InputStream in, int bytes) throws IOException {
    for (int left = bytes; left > 0 && in.read() >= 0; left--) {
      pause(10);
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private static void pause(int milliseconds) {
    LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
  }

  private static Socket connected(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed, then.
    }
  }
}
