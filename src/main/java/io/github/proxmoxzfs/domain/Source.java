package io.github.proxmoxzfs.domain;

import java.util.Locale;

/// A kind of question to Proxmox. The lower-case name is the `collector` label of
/// `zfs_scrape_collector_success`, which a public rule knows by that label.
public enum Source {
  /// `/nodes`: which nodes there are.
  NODES,
  /// `/nodes/{node}/disks/zfs`: which pools a node has.
  POOLS,
  /// `/nodes/{node}/disks/zfs/{pool}`: one pool.
  POOL_STATUS,
  /// `/nodes/{node}/time`: the node's zone.
  TIME;

  /// The value of the `collector` label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
