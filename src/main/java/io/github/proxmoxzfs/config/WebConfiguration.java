package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How the exporter's own port is protected: what `--web.config.file` says, in the format of
/// Prometheus' exporter-toolkit (its `docs/web-configuration.md`).
///
/// @param tls how TLS is spoken; plain HTTP if absent
/// @param headers headers of each answer, by name
/// @param users whom to let in: the bcrypt hash of each user's password; everybody if empty
public record WebConfiguration(
    Optional<ServerTls> tls, Map<String, String> headers, Map<String, Secret> users) {
  /// Nothing is protected.
  public static final WebConfiguration NONE =
      new WebConfiguration(Optional.empty(), Map.of(), Map.of());

  public WebConfiguration {
    requireNonNull(tls, "tls is null");
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    users = Map.copyOf(users);
  }
}
