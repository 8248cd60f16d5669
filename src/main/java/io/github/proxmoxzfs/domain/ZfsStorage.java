package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A storage of type `zfspool` on a node.
///
/// @param node the node
/// @param storage the storage's name
/// @param pool the pool that it lies on; empty where the configuration could not be read
/// @param dataset its dataset, the pool's name included; empty likewise
/// @param active whether Proxmox could use it when it last looked
/// @param space its space; empty where Proxmox knows none
public record ZfsStorage(
    String node,
    String storage,
    String pool,
    String dataset,
    boolean active,
    Optional<Space> space) {
  public ZfsStorage {
    requireNonNull(node, "node is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(pool, "pool is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(space, "space is null");
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
    return new ZfsStorage(node, storage, dataset.split("/", 2)[0], dataset, active, space);
  }
}
