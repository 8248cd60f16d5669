package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The validated configuration.
///
/// @param clusters at least one, of unique names
/// @param format where it came from
/// @param file the file it was read from; none when the environment described all
/// @param warnings what the operator should know and did not ask for, one sentence each
public record Configuration(
    List<ClusterConfiguration> clusters,
    Format format,
    Optional<Path> file,
    List<String> warnings) {
  public Configuration {
    clusters = List.copyOf(clusters);
    requireNonNull(format, "format is null");
    requireNonNull(file, "file is null");
    warnings = List.copyOf(warnings);
  }

  /// This configuration with collectors switched in every cluster: what a flag says counts more
  /// than what the file says.
  ///
  /// @param switches the collectors that a flag names, and whether it switches them on
  public Configuration withCollectors(Map<Collector, Boolean> switches) {
    var switched = clusters.stream().map(cluster -> cluster.withCollectors(switches)).toList();
    return new Configuration(switched, format, file, warnings);
  }

  /// What to write, where this configuration came from, to have a certificate accepted that was
  /// refused.
  ///
  /// @param cluster one of the clusters
  /// @param fingerprint the certificate's SHA-256, as Proxmox shows it (`AA:BB:…`)
  public String acceptLine(ClusterConfiguration cluster, String fingerprint) {
    return format.acceptLine(cluster.trust(), fingerprint);
  }
}
