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
public record ServerSettings(
    List<InetSocketAddress> addresses,
    String telemetryPath,
    String version,
    Instant configuredAt,
    Limits limits) {
  public ServerSettings {
    addresses = List.copyOf(addresses);
    requireNonNull(telemetryPath, "telemetryPath is null");
    requireNonNull(version, "version is null");
    requireNonNull(configuredAt, "configuredAt is null");
    requireNonNull(limits, "limits is null");
  }
}
