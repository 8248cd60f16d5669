package io.github.proxmoxzfs.sim;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An answer as it left the wire: see [Simulator#exchange].
///
/// @param status the status code
/// @param reason the reason phrase
/// @param headers the values of each header, in their order; names match without regard to case
/// @param body the body, compressed if the request asked for that
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
public record ReceivedAnswer(
    int status, String reason, Map<String, List<String>> headers, byte[] body) {

  /// Reads what was written.
  ///
  /// @throws EOFException if the body is shorter than its Content-Length
  static ReceivedAnswer of(byte[] written) throws IOException {
    var text = new String(written, StandardCharsets.ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new EOFException("the connection was closed before the answer");
    }
    var head = new String(written, 0, end, StandardCharsets.UTF_8).split("\r\n");
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    for (String line : List.of(head).subList(1, head.length)) {
      var colon = line.indexOf(':');
      headers
          .computeIfAbsent(line.substring(0, colon), _ -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    var body = Arrays.copyOfRange(written, end + 4, written.length);
    var length = headers.getOrDefault("Content-Length", List.of("0")).getFirst();
    if (body.length < Long.parseLong(length)) {
      throw new EOFException("the connection was closed in the body");
    }
    var status = head[0].split(" ", 3);
    return new ReceivedAnswer(Integer.parseInt(status[1]), status[2], headers, body);
  }
}
