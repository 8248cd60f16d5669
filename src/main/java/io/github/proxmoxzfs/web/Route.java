package io.github.proxmoxzfs.web;

import java.util.List;
import java.util.Map;

/// What answers the requests for one path.
///
/// @param methods those that are allowed
/// @param handler answers them
record Route(List<String> methods, Handler handler) {
  Route {
    methods = List.copyOf(methods);
  }

  /// For whoever wants to know something.
  static Route reading(Handler handler) {
    return new Route(List.of("GET", "HEAD"), handler);
  }

  /// For whoever wants something to be done.
  static Route doing(Handler handler) {
    return new Route(List.of("POST", "PUT"), handler);
  }

  /// The answer to another method.
  Response refusal() {
    String allowed = String.join(", ", methods);
    return Response.plain(
        405, "Only " + String.join(" and ", methods) + " are allowed.", Map.of("Allow", allowed));
  }
}
