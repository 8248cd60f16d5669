package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A privilege without which sources cannot be read: Proxmox refuses them, or leaves rows out
/// without a word.
///
/// @param privilege its name at Proxmox
/// @param path where it is needed
/// @param below whether it is needed for what lies below the path, where some of it may do
public record RequiredPrivilege(String privilege, String path, boolean below) {
  /// To run `zpool` and `smartctl` (pve-storage `PVE/API2/Disks.pm`, `PVE/API2/Disks/ZFS.pm`): on a
  /// node it is not enough.
  public static final RequiredPrivilege SYSTEM = new RequiredPrivilege("Sys.Audit", "/", false);

  /// To see a node's time, statistics and versions (pve-manager `PVE/API2/Nodes.pm`).
  public static final RequiredPrivilege NODES = new RequiredPrivilege("Sys.Audit", "/nodes", true);

  /// To see storages: rows without it are left out (pve-manager `PVE/API2/Cluster.pm`).
  public static final RequiredPrivilege STORAGES =
      new RequiredPrivilege("Datastore.Audit", "/storage", true);

  /// To see the replication of guests: rows without it are left out (pve-manager
  /// `PVE/API2/Replication.pm`).
  public static final RequiredPrivilege GUESTS = new RequiredPrivilege("VM.Audit", "/vms", true);

  private static final List<RequiredPrivilege> ALL = List.of(SYSTEM, NODES, STORAGES, GUESTS);

  public RequiredPrivilege {
    requireNonNull(privilege, "privilege is null");
    requireNonNull(path, "path is null");
  }

  /// What a source needs.
  public static Set<RequiredPrivilege> of(Source source) {
    return switch (source) {
      case POOLS, POOL_STATUS, DISKS, SMART -> Set.of(SYSTEM);
      case NODES, TIME, VERSIONS -> Set.of(NODES);
      case STORAGE -> Set.of(STORAGES);
      case REPLICATION -> Set.of(GUESTS);
      case PERMISSIONS -> Set.of();
    };
  }

  /// What sources need, each once, in an order that stays.
  public static List<RequiredPrivilege> of(Collection<Source> sources) {
    Set<RequiredPrivilege> needed =
        sources.stream().flatMap(source -> of(source).stream()).collect(Collectors.toSet());
    return ALL.stream().filter(needed::contains).toList();
  }

  /// The privileges that suffice for all that can be read, by name: the least role.
  public static List<String> leastRole() {
    return Stream.of(SYSTEM, STORAGES, GUESTS).map(RequiredPrivilege::privilege).toList();
  }
}
