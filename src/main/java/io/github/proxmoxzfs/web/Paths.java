package io.github.proxmoxzfs.web;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/// Where our paths begin, as Prometheus' `--web.external-url` and `--web.route-prefix` say.
///
/// @param routePrefix what all paths that are answered begin with: empty, or as in `/zfs`
/// @param externalUrl where clients reach `/`, through whatever stands before us; without a `/` at
///   its end
public record Paths(String routePrefix, Optional<URI> externalUrl) {
  /// Paths as they are.
  public static final Paths PLAIN = new Paths("", Optional.empty());

  public Paths {
    requireNonNull(externalUrl, "externalUrl is null");
    if (!routePrefix.isEmpty() && (!routePrefix.startsWith("/") || routePrefix.endsWith("/"))) {
      throw new IllegalArgumentException("a prefix begins with a slash, and ends with none");
    }
  }

  /// The path that is answered.
  String routed(String path) {
    return routePrefix + path;
  }

  /// The path as clients ask for it.
  String external(String path) {
    return externalUrl.map(URI::getRawPath).orElse(routePrefix) + path;
  }
}
