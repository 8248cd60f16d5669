package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// A pool as `zpool status` shows it: the answer of `GET /nodes/{node}/disks/zfs/{pool}`.
///
/// @param health the pool's health; may differ from its root vdev's (`SUSPENDED` over `ONLINE`)
/// @param scan the field `scan`; absent since ZFS 2.0 when there never was one, and when an error
///   scrub hides it
/// @param errorScrub the field `scrub`, which shows an error scrub (since ZFS 2.2)
/// @param dataErrors blocks with permanent errors
public record PoolStatus(
    PoolHealth health, Optional<Scan> scan, Optional<Scan> errorScrub, DataErrors dataErrors) {
  public PoolStatus {
    requireNonNull(health, "health is null");
    requireNonNull(scan, "scan is null");
    requireNonNull(errorScrub, "errorScrub is null");
    requireNonNull(dataErrors, "dataErrors is null");
  }
}
