package io.github.proxmoxzfs.sim;

import java.io.IOException;

/// Logs in to a simulator.
final class Logins {
  static final String MONITOR = "username=monitor@pve&password=monitor-password";

  private Logins() {}

  static RawResponse post(Simulator simulator, String form) throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client
          .exchangeWithBody(
              form,
              "POST /api2/json/access/ticket HTTP/1.1",
              "Host: 127.0.0.1",
              "Content-Type: application/x-www-form-urlencoded",
              "Content-Length: " + form.length())
          .orElseThrow();
    }
  }

  static String ticket(Simulator simulator, String form) throws IOException {
    var data = JsonText.members(post(simulator, form).body()).get("data");
    return JsonText.unquote(JsonText.members(String.valueOf(data)).getOrDefault("ticket", ""));
  }

  /// The status line for `/version` with a header.
  static String statusWith(Simulator simulator, String... headers) throws IOException {
    try (var client = RawClient.connect(simulator)) {
      var lines = new java.util.ArrayList<String>();
      lines.add("GET /api2/json/version HTTP/1.1");
      lines.add("Host: 127.0.0.1");
      lines.addAll(java.util.List.of(headers));
      return client
          .exchange(lines.toArray(String[]::new))
          .orElseThrow()
          .statusLine()
          .substring("HTTP/1.1 ".length());
    }
  }
}
