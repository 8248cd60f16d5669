package io.github.proxmoxzfs.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.avaje.json.JsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Where Alertmanager sends its notifications, on a port of its own of this machine alone.
final class Receiver implements AutoCloseable {
  /// More than a thousand alerts.
  private static final int MOST_BYTES = 4 << 20;

  private final HttpServer server;

  /// @param told is given each notification
  /// @throws IOException if no port can be had
  Receiver(Consumer<Told> told) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> receive(exchange, told));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void receive(HttpExchange exchange, Consumer<Told> told) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
      boolean page = exchange.getRequestURI().getPath().equals("/pager");
      told.accept(Told.of(page, new String(body, StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(200, -1);
    } catch (JsonException e) {
      exchange.sendResponseHeaders(400, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
