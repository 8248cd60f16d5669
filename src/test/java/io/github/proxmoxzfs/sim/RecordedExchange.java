package io.github.proxmoxzfs.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// An exchange with the real Proxmox API server (pve-http-server 6.0.5, pve-manager 9.2.11).
///
/// @param request the lines of the request
/// @param response what was answered
record RecordedExchange(List<String> request, RawResponse response) {

  static RecordedExchange load(String name) throws IOException {
    try (var in = RecordedExchange.class.getResourceAsStream("exchanges/" + name + ".txt")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var head = text.substring(0, text.indexOf("\n--- body\n"));
      var received = lines(head, "< ");
      var body = text.substring(text.indexOf("\n--- body\n") + 10, text.lastIndexOf("\n# time_"));
      return new RecordedExchange(
          lines(head, "> "),
          new RawResponse(received.getFirst(), received.subList(1, received.size()), body));
    }
  }

  /// The path below `/api2/json`.
  String path() {
    return request.getFirst().split(" ", 3)[1].replaceFirst("^/api2/json", "");
  }

  private static List<String> lines(String text, String prefix) {
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .toList();
  }
}
