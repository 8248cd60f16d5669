package io.github.proxmoxzfs.memory;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/// What tells remembered pools of a cluster apart.
///
/// @param node the node that had the pool
/// @param pool its name
record PoolKey(String node, String pool) implements Comparable<PoolKey> {
  private static final Comparator<PoolKey> ORDER =
      Comparator.comparing(PoolKey::node).thenComparing(PoolKey::pool);

  PoolKey {
    requireNonNull(node, "node is null");
    requireNonNull(pool, "pool is null");
  }

  @Override
  public int compareTo(PoolKey other) {
    return ORDER.compare(this, other);
  }
}
