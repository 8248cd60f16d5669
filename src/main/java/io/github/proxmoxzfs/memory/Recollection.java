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
record Recollection(SortedMap<PoolKey, RememberedPool> pools, Map<String, Instant> lookedAt) {
  /// How many pools are remembered at most, whatever a server makes up.
  static final int MOST_POOLS = 4_000;

  static final Recollection NOTHING = new Recollection(new TreeMap<>(), Map.of());

  Recollection {
    pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
    lookedAt = Map.copyOf(lookedAt);
  }

  /// This without one pool.
  Recollection without(PoolKey key) {
    var rest = new TreeMap<>(pools);
    rest.remove(key);
    return new Recollection(rest, lookedAt);
  }

  /// This without the pools of nodes that `included` refuses.
  Recollection ofNodes(Predicate<String> included) {
    var rest = new TreeMap<>(pools);
    rest.keySet().removeIf(key -> !included.test(key.node()));
    return new Recollection(rest, lookedAt);
  }
}
