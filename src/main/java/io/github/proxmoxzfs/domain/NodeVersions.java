package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Which versions run on a node.
///
/// @param pve of Proxmox VE (`pve-manager`); empty where it is not told
/// @param zfs of ZFS (`zfsutils-linux`); empty where it is not installed
public record NodeVersions(Optional<String> pve, Optional<String> zfs) {
  public NodeVersions {
    requireNonNull(pve, "pve is null");
    requireNonNull(zfs, "zfs is null");
  }
}
