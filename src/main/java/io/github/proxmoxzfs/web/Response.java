package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer to a request.
///
/// @param status the HTTP status
/// @param contentType the value of `Content-Type`, which is always sent: Prometheus 3 fails a
///   scrape without it
/// @param headers further headers
/// @param body writes the body, before compression
record Response(int status, String contentType, Map<String, String> headers, Body body) {
  /// Writes a body.
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String PLAIN = "text/plain; charset=utf-8";

  static Response plain(int status, String text) {
    return plain(status, text, Map.of());
  }

  static Response plain(int status, String text, Map<String, String> headers) {
    return new Response(status, PLAIN, headers, utf8(text + "\n"));
  }

  static Response html(String page, Map<String, String> headers) {
    return new Response(200, "text/html; charset=utf-8", headers, utf8(page));
  }

  private static Body utf8(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
