package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Finds the handler of a request by its exact path and writes the handler's answer.
///
/// The JDK's server matches contexts by prefix (`/metricsfoo` would be `/metrics`), so there is one
/// context, and this. A fault of ours is answered without a word of what it was.
final class Router implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(Router.class.getName());

  private static final int MOST_BYTES_TO_DROP = 1024;

  private final Map<String, Handler> handlers;

  Router(Map<String, Handler> handlers) {
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      drop(exchange.getRequestBody());
      write(exchange, answer(exchange));
    }
  }

  private Response answer(HttpExchange exchange) {
    Handler handler = handlers.get(exchange.getRequestURI().getRawPath());
    if (handler == null) {
      return Response.plain(404, "Not found.");
    }
    if (!isRead(exchange.getRequestMethod())) {
      return Response.plain(405, "Only GET and HEAD are allowed.", Map.of("Allow", "GET, HEAD"));
    }
    try {
      Headers headers = exchange.getRequestHeaders();
      return handler.handle(
          new Request(
              exchange.getRequestMethod().equals("HEAD"),
              Request.parameters(exchange.getRequestURI().getRawQuery()),
              name -> Optional.ofNullable(headers.getFirst(name))));
    } catch (BadRequestException refused) {
      return Response.plain(400, String.valueOf(refused.getMessage()));
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "A request could not be answered.", failure);
      return Response.plain(500, "Internal error; the log says more.");
    }
  }

  private static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static void write(HttpExchange exchange, Response response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", response.contentType());
    headers.set("X-Content-Type-Options", "nosniff");
    response.headers().forEach(headers::set);
    headers.set("Vary", "Accept, Accept-Encoding");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    var body = new ByteArrayOutputStream();
    if (acceptsGzip(exchange.getRequestHeaders())) {
      headers.set("Content-Encoding", "gzip");
      try (var compressed = new GZIPOutputStream(body)) {
        response.body().writeTo(compressed);
      }
    } else {
      response.body().writeTo(body);
    }
    exchange.sendResponseHeaders(response.status(), body.size());
    try (OutputStream out = exchange.getResponseBody()) {
      body.writeTo(out);
    }
  }

  private static boolean acceptsGzip(Headers headers) {
    for (String value : headers.getOrDefault("Accept-Encoding", List.of())) {
      for (String coding : value.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = coding.split(";", -1);
        if (parts[0].strip().equals("gzip") && !isRefused(parts)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRefused(String[] parts) {
    return parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
  }

  /// Reads away a small body, so that the connection can be used again; a large one is left, and
  /// the server closes the connection.
  private static void drop(InputStream body) throws IOException {
    body.readNBytes(MOST_BYTES_TO_DROP);
  }
}
