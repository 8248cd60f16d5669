package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/// A pool as `zpool list` shows it: one row of `GET /nodes/{node}/disks/zfs`.
///
/// @param name the pool's name; cut at the first blank if [#nameTruncated]
/// @param health the pool's health
/// @param space sizes and ratios; absent for a pool that ZFS cannot read (the API shows zeros)
/// @param nameTruncated the name holds a blank, at which the API cuts the row into wrong columns
///   (pve-storage `ZFS.pm` splits on white space): nothing of the row but its existence is true
public record PoolListing(
    String name, PoolHealth health, Optional<Space> space, boolean nameTruncated) {

  /// Space of a pool, exact.
  ///
  /// @param sizeBytes raw size, parity of raidz included
  /// @param allocatedBytes raw bytes in use
  /// @param freeBytes raw bytes not in use
  /// @param fragmentationRatio fragmentation of the free space, 0 to 1; ZFS's `-` arrives as 0;
  ///   absent where Proxmox tells none
  /// @param deduplicationFactor bytes referenced per byte stored, 1 without deduplication; absent
  ///   where ZFS tells none
  public record Space(
      long sizeBytes,
      long allocatedBytes,
      long freeBytes,
      OptionalDouble fragmentationRatio,
      OptionalDouble deduplicationFactor) {}

  public PoolListing {
    requireNonNull(name, "name is null");
    requireNonNull(health, "health is null");
    requireNonNull(space, "space is null");
  }
}
