package io.github.proxmoxzfs.terminal;

/// What is shown of a cluster beside its nodes.
final class ClusterSections {
  private ClusterSections() {}

  /// Storages and replication, where there are any.
  static void show(ClusterStatus status, Page page) {}

  /// The same as JSON.
  static void write(ClusterStatus status, JsonLine json) {}
}
