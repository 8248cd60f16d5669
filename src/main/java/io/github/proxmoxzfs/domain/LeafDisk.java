package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Which disk a leaf of a pool is, now or when it was last there.
///
/// @param identity which disk; empty where the disk cannot be told from others
/// @param device its name without `/dev/`; of a disk that is gone the last one, or empty if another
///   disk has that now
/// @param model its model, where it tells one
/// @param present whether it is in the node's list; empty where that cannot be said, as when the
///   list could not be read
public record LeafDisk(
    Optional<DiskIdentity> identity,
    String device,
    Optional<String> model,
    Optional<Boolean> present) {
  public LeafDisk {
    requireNonNull(identity, "identity is null");
    requireNonNull(device, "device is null");
    requireNonNull(model, "model is null");
    requireNonNull(present, "present is null");
  }

  /// A leaf of a pool: its name is unique in the pool, but that a spare in use stands in it twice.
  ///
  /// @param pool the pool's name
  /// @param leaf the leaf's name, [Vdev#name()]
  public record Key(String pool, String leaf) implements Comparable<Key> {
    public Key {
      requireNonNull(pool, "pool is null");
      requireNonNull(leaf, "leaf is null");
    }

    @Override
    public int compareTo(Key other) {
      int pools = pool.compareTo(other.pool);
      return pools == 0 ? leaf.compareTo(other.leaf) : pools;
    }
  }
}
