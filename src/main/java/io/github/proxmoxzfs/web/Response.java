package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer to a request.
///
/// @param status the HTTP status
/// @param contentType the value of `Content-Type`, which is always sent: Prometheus 3 fails a
///   scrape without it
/// @param headers further headers
/// @param body the body
record Response(int status, String contentType, Map<String, String> headers, Body body) {
  /// What an answer says.
  sealed interface Body {
    /// A short text, in UTF-8.
    record Text(String text) implements Body {}

    /// What may be large, and is made only when it is wanted.
    record Large(Making making) implements Body {}
  }

  /// Makes a body.
  @FunctionalInterface
  interface Making {
    Compressed make() throws IOException;
  }

  /// Writes a text.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String PLAIN = "text/plain; charset=utf-8";

  static Response plain(int status, String text) {
    return plain(status, text, Map.of());
  }

  static Response plain(int status, String text, Map<String, String> headers) {
    return new Response(status, PLAIN, headers, new Body.Text(text + "\n"));
  }

  static Response html(String page, Map<String, String> headers) {
    return new Response(200, "text/html; charset=utf-8", headers, new Body.Text(page));
  }

  /// JSON, of the very type that Prometheus' service discovery insists on.
  static Response json(String text) {
    return new Response(200, "application/json", Map.of(), new Body.Text(text));
  }

  /// A page that is elsewhere.
  static Response redirect(String location) {
    return plain(302, "See " + location, Map.of("Location", location));
  }

  /// This with further headers, which win over those it has.
  Response withHeaders(Map<String, String> further) {
    if (further.isEmpty()) {
      return this;
    }
    var all = new LinkedHashMap<>(headers);
    all.putAll(further);
    return new Response(status, contentType, all, body);
  }
}
