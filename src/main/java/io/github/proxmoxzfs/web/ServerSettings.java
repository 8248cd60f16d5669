package io.github.proxmoxzfs.web;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/// How the exporter's own server is set up.
///
/// @param addresses where it listens; port 0 takes a free one
/// @param telemetryPath the path of the metrics, such as `/metrics`
/// @param version the program's version, for the page at `/` and the build metric
/// @param configuredAt when the configuration was read
/// @param limits what clients may take of it
/// @param protection who may come in, and how
/// @param paths where our paths begin
/// @param lifecycle whether clients may have the configuration read again and pools forgotten
public record ServerSettings(
    List<InetSocketAddress> addresses,
    String telemetryPath,
    String version,
    Instant configuredAt,
    Limits limits,
    Protection protection,
    Paths paths,
    boolean lifecycle) {
  public ServerSettings {
    addresses = List.copyOf(addresses);
    requireNonNull(telemetryPath, "telemetryPath is null");
    requireNonNull(version, "version is null");
    requireNonNull(configuredAt, "configuredAt is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(protection, "protection is null");
    requireNonNull(paths, "paths is null");
  }

  /// Settings of a server that is not protected.
  public ServerSettings(
      List<InetSocketAddress> addresses,
      String telemetryPath,
      String version,
      Instant configuredAt,
      Limits limits) {
    this(
        addresses,
        telemetryPath,
        version,
        configuredAt,
        limits,
        Protection.none(),
        Paths.PLAIN,
        false);
  }

  /// These with other protection.
  public ServerSettings withProtection(Protection other) {
    return new ServerSettings(
        addresses, telemetryPath, version, configuredAt, limits, other, paths, lifecycle);
  }

  /// These with other paths.
  public ServerSettings withPaths(Paths other) {
    return new ServerSettings(
        addresses, telemetryPath, version, configuredAt, limits, protection, other, lifecycle);
  }

  /// These with what clients may have done switched.
  public ServerSettings withLifecycle(boolean enabled) {
    return new ServerSettings(
        addresses, telemetryPath, version, configuredAt, limits, protection, paths, enabled);
  }
}
