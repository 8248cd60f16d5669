package io.github.proxmoxzfs.pve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An answer of the real Proxmox API server, as recorded in `pve-wire/NAME.txt`.
///
/// @param head the status line and headers, as they were on the wire
/// @param body the body
record RecordedExchange(String head, String body) {
  static RecordedExchange named(String name) throws IOException {
    try (var in = RecordedExchange.class.getResourceAsStream("/pve-wire/" + name + ".txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var head = new StringBuilder();
      text.lines()
          .filter(line -> line.startsWith("<"))
          .forEach(line -> head.append(line.substring(1).strip()).append("\r\n"));
      int begin = text.indexOf("--- body\n") + "--- body\n".length();
      return new RecordedExchange(
          head.toString(), text.substring(begin, text.lastIndexOf("\n# time_total")));
    }
  }

  int status() {
    return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3));
  }

  /// The answer as it was on the wire.
  String wire() {
    return head + body;
  }

  Answer answer() {
    return new Answer(status(), body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, Mask.NONE);
  }
}
