package io.github.proxmoxzfs.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A response as it came over the wire.
///
/// @param statusLine the first line
/// @param headers the header lines, in their order
/// @param body as much of the body as arrived
record RawResponse(String statusLine, List<String> headers, String body) {

  /// Reads one response: to the Content-Length, or without one to the end of the connection.
  static Optional<RawResponse> read(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      head.write(next);
    }
    var lines = head.toString(StandardCharsets.UTF_8).lines().filter(l -> !l.isEmpty()).toList();
    var headers = lines.subList(1, lines.size());
    var length = value(headers, "Content-Length");
    var body =
        length.isPresent() ? in.readNBytes(Integer.parseInt(length.get())) : in.readAllBytes();
    return Optional.of(
        new RawResponse(lines.getFirst(), headers, new String(body, StandardCharsets.UTF_8)));
  }

  Optional<String> header(String name) {
    return value(headers, name);
  }

  List<String> headers(String name) {
    return headers.stream()
        .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .map(h -> h.substring(name.length() + 1).strip())
        .toList();
  }

  private static Optional<String> value(List<String> headers, String name) {
    return new RawResponse("", headers, "").headers(name).stream().findFirst();
  }
}
