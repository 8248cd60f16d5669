package io.github.proxmoxzfs.pve;

/// What a node does for a request, as far as it matters for how it is to be spared.
enum Work {
  /// Something that comes to an end.
  ORDINARY,
  /// It runs `zpool`, which has no time limit: on a suspended pool it may hang for ever.
  ZFS,
  /// It runs smartctl, which wakes the disk, and has a time limit only since libpve-storage 9.0.16.
  SMART;

  static Work of(boolean zfs) {
    return zfs ? ZFS : ORDINARY;
  }
}
