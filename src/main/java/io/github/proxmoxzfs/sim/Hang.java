package io.github.proxmoxzfs.sim;

import java.util.Optional;

/// Which calls of a node never end, because `zpool` or `zfs` waits for a pool for ever.
///
/// @param pool the pool whose `zpool status` hangs; empty: that of each pool
/// @param list whether `zpool list` hangs, and with it `disks/zfs` and `disks/list`
/// @param statistics whether pvestatd hangs too, so that the node's numbers in `/nodes` stand still
public record Hang(Optional<String> pool, boolean list, boolean statistics) {

  /// Each zfs call hangs, pvestatd too.
  public static Hang ofNode() {
    return new Hang(Optional.empty(), true, true);
  }

  /// The status of one pool hangs, and pvestatd; the list answers, as it does where it needs no
  /// lock that the pool holds.
  public static Hang ofPool(String pool) {
    return new Hang(Optional.of(pool), false, true);
  }

  /// The same, with a list that hangs too or answers.
  public Hang withList(boolean newList) {
    return new Hang(pool, newList, statistics);
  }

  /// The same, with a pvestatd that hangs too or goes on (it asks only pools that are storages).
  public Hang withStatistics(boolean newStatistics) {
    return new Hang(pool, list, newStatistics);
  }

  boolean holds(Task task) {
    if (task.endpoint().isEmpty()) {
      return false;
    }
    return switch (task.endpoint().get()) {
      case POOLS, DISKS -> list;
      case POOL -> pool.isEmpty() || task.path().endsWith("/" + pool.get());
      case TICKET,
          PERMISSIONS,
          VERSION,
          NODES,
          STORAGE,
          CLUSTER_STATUS,
          CLUSTER_RESOURCES,
          CLUSTER_REPLICATION,
          SMART,
          NODE_TIME,
          NODE_STATUS,
          NODE_STORAGE,
          NODE_REPLICATION,
          NODE_VERSIONS ->
          false;
    };
  }
}
