package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An answer with all that is to be sent, and nothing of what it was made from: it lives for as
/// long as its client takes to read it.
///
/// @param status the HTTP status
/// @param headers all headers but those of the body's form
/// @param body the body
record Ready(int status, Map<String, String> headers, Body body) {
  /// A body as it is kept.
  sealed interface Body {
    record Text(String text) implements Body {}

    record Large(Compressed content) implements Body {}

    record None() implements Body {}
  }

  /// Makes an answer ready.
  ///
  /// @param withBody whether the body is wanted
  static Ready of(Response response, boolean withBody) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", response.contentType());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Vary", "Accept, Accept-Encoding");
    headers.putAll(response.headers());
    Body body = withBody ? body(response.body()) : new Body.None();
    return new Ready(response.status(), headers, body);
  }

  private static Body body(Response.Body body) throws IOException {
    return switch (body) {
      case Response.Body.Text(String text) -> new Body.Text(text);
      case Response.Body.Large(Response.Making making) -> new Body.Large(making.make());
    };
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    switch (body) {
      case Body.None _ -> exchange.sendResponseHeaders(status, -1);
      case Body.Text(String text) -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(bytes);
        }
      }
      case Body.Large(Compressed content) -> {
        boolean asGzip = acceptsGzip(exchange.getRequestHeaders());
        if (asGzip) {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, content.length(asGzip));
        try (OutputStream out = exchange.getResponseBody()) {
          content.writeTo(out, asGzip);
        }
      }
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
}
