package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A storage of type `zfspool` on a node.
///
/// @param node the node
/// @param storage the storage's name
/// @param pool the pool that it lies on; empty where the configuration could not be read
/// @param dataset its dataset, the pool's name included; empty likewise
/// @param activity whether Proxmox can use it
/// @param space its space; empty where Proxmox knows none
public record ZfsStorage(
    String node,
    String storage,
    String pool,
    String dataset,
    Activity activity,
    Optional<Space> space) {
  public ZfsStorage {
    requireNonNull(node, "node is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(pool, "pool is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(activity, "activity is null");
    requireNonNull(space, "space is null");
  }

  /// Whether Proxmox can use a storage.
  public enum Activity {
    /// It could when it last looked.
    ACTIVE,
    /// It could not.
    INACTIVE,
    /// It has not looked lately, or may not have.
    UNKNOWN
  }

  /// This storage, of which nobody knows whether it is active.
  public ZfsStorage unknown() {
    return new ZfsStorage(node, storage, pool, dataset, Activity.UNKNOWN, space);
  }

  /// Usable space, without parity.
  ///
  /// @param sizeBytes used and available bytes together
  /// @param usedBytes bytes in use, snapshots included
  public record Space(long sizeBytes, long usedBytes) {
    public Space {
      if (sizeBytes < 0 || usedBytes < 0) {
        throw new IllegalArgumentException("a negative number of bytes");
      }
    }

    /// Bytes that can yet be written.
    public long availableBytes() {
      return Math.max(0, sizeBytes - usedBytes);
    }
  }

  /// This storage on a dataset.
  public ZfsStorage on(String dataset) {
    return new ZfsStorage(node, storage, dataset.split("/", 2)[0], dataset, activity, space);
  }
}
