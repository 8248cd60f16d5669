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
  TIME,
  /// `/nodes/{node}/disks/list`: the node's disks.
  DISKS,
  /// `/nodes/{node}/disks/smart`: what each disk says of itself.
  SMART,
  /// `/cluster/replication`: which replication jobs there are; of a node
  /// `/nodes/{node}/replication`: how they do.
  REPLICATION,
  /// `/cluster/resources?type=storage` and `/storage`: storages and their space.
  STORAGE,
  /// `/access/permissions`: what the credential may do.
  PERMISSIONS,
  /// `/nodes/{node}/apt/versions`: which versions run on the node.
  VERSIONS;

  /// The value of the `collector` label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
