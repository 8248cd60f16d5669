package io.github.proxmoxzfs.domain;

import java.util.OptionalInt;

/// What a vdev is made of, as its name in `zpool status` tells (`zpool_vdev_name`).
public sealed interface VdevType {
  /// Each child holds all.
  record Mirror() implements VdevType {}

  /// Single to triple parity over the children.
  ///
  /// @param parity 1 to 3
  record Raidz(int parity) implements VdevType {}

  /// Parity and distributed spares over the children (since 2.1): `draid2:11d:53c:1s-0`.
  ///
  /// @param parity 1 to 3
  /// @param data data blocks of a redundancy group
  /// @param children disks of the vdev; with failure domains, of one group of it
  /// @param width disks in all, where failure domains are printed (after 2.4)
  /// @param spares distributed spares
  record Draid(int parity, int data, int children, OptionalInt width, int spares)
      implements VdevType {}

  /// An old disk (the first child) and the disk or disks that are to replace it.
  record Replacing() implements VdevType {}

  /// A disk (the first child) and the hot spare or spares that stand in for it.
  record Spare() implements VdevType {}

  /// A disk or partition.
  record Disk() implements VdevType {}

  /// An ordinary file.
  record File() implements VdevType {}

  /// Spare space of a dRAID vdev: `draid1-0-0`.
  ///
  /// @param parity parity of the dRAID vdev
  /// @param vdev number of the dRAID vdev
  /// @param index number of the spare in it
  record DistributedSpare(int parity, int vdev, int index) implements VdevType {}

  /// What remains of a top-level vdev that was removed. No release prints it.
  record Indirect() implements VdevType {}

  /// A leaf that ZFS cannot find and whose path it does not know: printed as its GUID.
  record Missing() implements VdevType {}

  /// A name of a form we do not know.
  record Unknown() implements VdevType {}

  /// The value of the `vdev_type` label.
  default String label() {
    return switch (this) {
      case Mirror _ -> "mirror";
      case Raidz(int parity) -> "raidz" + parity;
      case Draid draid -> "draid" + draid.parity;
      case Replacing _ -> "replacing";
      case Spare _ -> "spare";
      case Disk _ -> "disk";
      case File _ -> "file";
      case DistributedSpare _ -> "distributed_spare";
      case Indirect _ -> "indirect";
      case Missing _ -> "missing";
      case Unknown _ -> "unknown";
    };
  }

  /// Whether a vdev of this type has others below it.
  default boolean inner() {
    return switch (this) {
      case Mirror _, Raidz _, Draid _, Replacing _, Spare _ -> true;
      case Disk _, File _, DistributedSpare _, Indirect _, Missing _, Unknown _ -> false;
    };
  }
}
