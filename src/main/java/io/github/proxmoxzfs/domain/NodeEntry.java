package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

/// A node as the cluster's list shows it: one row of `GET /nodes`.
///
/// @param name the node's name
/// @param status the cluster's view of it
public record NodeEntry(String name, Status status) {
  /// The cluster's view of a node.
  public enum Status {
    ONLINE,
    OFFLINE,
    /// Reachable, but the cluster has no statistics of it: it is to be asked like one online.
    UNKNOWN
  }

  public NodeEntry {
    requireNonNull(name, "name is null");
    requireNonNull(status, "status is null");
  }
}
