package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/// A pool that was listed before and is not in this collection.
///
/// @param node the node that had it
/// @param pool its name
/// @param cause why it is not there
public record MissingPool(String node, String pool, Cause cause) {
  /// Why a pool is not there.
  public enum Cause {
    /// The node's list was read, and the pool was not in it: it is not imported any more.
    NOT_LISTED,
    /// The cluster counts the node as offline.
    NODE_OFFLINE,
    /// The node is not asked, since earlier zfs requests to it never ended.
    STUCK,
    /// The node's list, or the cluster's list of nodes, was not read.
    NO_LIST;

    /// The value of the `reason` label.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public MissingPool {
    requireNonNull(node, "node is null");
    requireNonNull(pool, "pool is null");
    requireNonNull(cause, "cause is null");
  }
}
