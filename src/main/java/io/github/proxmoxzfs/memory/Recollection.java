package io.github.proxmoxzfs.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// All that is remembered of one cluster, immutable.
///
/// @param pools the pools that were ever listed and are not forgotten
/// @param lookedAt by node, when one last looked for its pools with success: its list was read, or
///   the cluster's list of nodes did not hold it. Not kept across restarts
/// @param disks by node, what is remembered of its disks
record Recollection(
    SortedMap<PoolKey, RememberedPool> pools,
    Map<String, Instant> lookedAt,
    SortedMap<String, RememberedDisks> disks) {
  /// How many disks of a node, and how many of its leaves, are kept at most.
  static final int MOST_DISKS = 2_000;

  /// How many pools are remembered at most, whatever a server makes up.
  static final int MOST_POOLS = 4_000;

  static final Recollection NOTHING = new Recollection(new TreeMap<>(), Map.of());

  Recollection {
    pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    lookedAt = Map.copyOf(lookedAt);
    disks = Collections.unmodifiableSortedMap(new TreeMap<>(disks));
  }

  /// Pools, and no disks.
  Recollection(SortedMap<PoolKey, RememberedPool> pools, Map<String, Instant> lookedAt) {
    this(pools, lookedAt, new TreeMap<>());
  }

  /// This without one pool.
  Recollection without(PoolKey key) {
    var rest = new TreeMap<>(pools);
    rest.remove(key);
    var others = new TreeMap<>(disks);
    others.computeIfPresent(key.node(), (_, known) -> known.withoutPool(key.pool()));
    return new Recollection(rest, lookedAt, others);
  }

  /// This without the pools of nodes that `included` refuses.
  Recollection ofNodes(Predicate<String> included) {
    if (disks.keySet().stream().allMatch(included)
        && pools.keySet().stream().map(PoolKey::node).allMatch(included)) {
      return this;
    }
    var rest = new TreeMap<>(pools);
    rest.keySet().removeIf(key -> !included.test(key.node()));
    var others = new TreeMap<>(disks);
    others.keySet().removeIf(node -> !included.test(node));
    return new Recollection(rest, lookedAt, others);
  }
}
