package io.github.proxmoxzfs.recording;

import java.nio.charset.StandardCharsets;

/// Names of the files that answers are written to, as `sim.Scenario` describes them.
final class RecordedPaths {
  private RecordedPaths() {}

  /// The file's name without suffix, of a decoded path with or without query.
  static String file(String path) {
    int query = path.indexOf('?');
    var file = new StringBuilder();
    for (String segment :
        (query < 0 ? path : path.substring(0, query)).substring(1).split("/", -1)) {
      file.append('/').append(encoded(segment));
    }
    return query < 0 ? file.toString() : file + encoded(path.substring(query));
  }

  private static String encoded(String segment) {
    if (segment.isEmpty()) {
      return "%";
    }
    if (segment.chars().allMatch(character -> character == '.')) {
      return segment.replace(".", "%2E");
    }
    var encoded = new StringBuilder();
    for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > 0 && (Character.isLetterOrDigit(octet) || "._-".indexOf(octet) >= 0);
      encoded.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet));
    }
    return encoded.toString();
  }
}
