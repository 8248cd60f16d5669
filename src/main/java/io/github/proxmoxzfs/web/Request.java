package io.github.proxmoxzfs.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a handler may know of a request.
///
/// @param headersOnly a HEAD request: the body is not wanted, so nobody need be asked for it
/// @param parameters the query's parameters, decoded, each with its values in order
/// @param header the first value of a header by its name
/// @param configured the clusters as they are configured
record Request(
    boolean headersOnly,
    Map<String, List<String>> parameters,
    Function<String, Optional<String>> header,
    Configured configured) {

  /// Reads a query as it stands in the request line; null where there is none. The server refuses
  /// requests whose URI is not well encoded before they come here.
  static Map<String, List<String>> parameters(@Nullable String rawQuery) {
    var parameters = new HashMap<String, List<String>>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
