package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;

/// Turns a part of a snapshot into families of metrics.
@FunctionalInterface
interface Collector {
  /// Adds what the snapshot says to `families`; never asks anything.
  void collect(ClusterSnapshot snapshot, Families families);
}
