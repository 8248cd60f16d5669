package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import java.util.Optional;

/// What is shown of a node beside its pools.
final class NodeSections {
  private NodeSections() {}

  /// Which versions run on it.
  static Optional<String> versions(ClusterStatus status, NodeSnapshot node) {
    return Optional.empty();
  }

  /// Its disks, where any of them has something to say.
  static void disks(ClusterStatus status, NodeSnapshot node, Page page) {}

  /// The same as JSON.
  static void write(ClusterStatus status, NodeSnapshot node, JsonLine json) {}
}
