package io.github.proxmoxzfs.config;

import java.util.Locale;
import java.util.Optional;

/// A group of metrics that can be switched off: by `collectors` of a cluster, by
/// `--[no-]collector.NAME`, and chosen by `collect[]` of a request.
public enum Collector {
  /// The nine metrics of 2020.
  COMPAT,
  /// Pools: health, space, reasons of complaints.
  POOL,
  /// Scrubs, resilvers, rebuilds, removals, expansions.
  SCAN,
  /// Vdevs: health, errors, redundancy, which disk a leaf is.
  VDEV,
  /// Disks, as a node lists them.
  DISK,
  /// What the disks say of themselves.
  SMART,
  /// ZFS replication between nodes.
  REPLICATION,
  /// Storages of type `zfspool`.
  STORAGE;

  /// The name in configuration, flags and requests.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The collector with this name, if there is one.
  public static Optional<Collector> of(String label) {
    for (Collector collector : values()) {
      if (collector.label().equals(label)) {
        return Optional.of(collector);
      }
    }
    return Optional.empty();
  }
}
