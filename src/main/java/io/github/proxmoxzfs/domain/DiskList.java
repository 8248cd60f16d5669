package io.github.proxmoxzfs.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The disks of a node at one moment, which of them can be told from all others, and which of them
/// a leaf of a pool is.
///
/// Entries that say the same of themselves are paths to one disk where they have a WWN and are of
/// one size (multipath). Without a WWN they may as well be several disks (USB bridges of one make
/// have one serial number), so that none of them is identified.
public final class DiskList {
  private final List<Disk> disks;
  private final Map<String, DiskIdentity> identities;
  private final Map<DiskIdentity, List<Disk>> byIdentity;
  private final DiskNames names;

  /// @param disks the entries of the list; two of one path make both worthless, and are left out
  public DiskList(List<Disk> disks) {
    this.disks = withDistinctPaths(disks);
    this.byIdentity = identified(this.disks);
    var identitiesByPath = new LinkedHashMap<String, DiskIdentity>();
    byIdentity.forEach(
        (identity, paths) -> paths.forEach(disk -> identitiesByPath.put(disk.path(), identity)));
    this.identities = Collections.unmodifiableMap(identitiesByPath);
    this.names = new DiskNames(this.disks);
  }

  private static List<Disk> withDistinctPaths(List<Disk> disks) {
    var byPath = new LinkedHashMap<String, List<Disk>>();
    disks.forEach(disk -> byPath.computeIfAbsent(disk.path(), _ -> new ArrayList<>()).add(disk));
    return byPath.values().stream()
        .filter(same -> same.size() == 1)
        .flatMap(Collection::stream)
        .toList();
  }

  private static Map<DiskIdentity, List<Disk>> identified(List<Disk> disks) {
    var alike = new LinkedHashMap<DiskIdentity, List<Disk>>();
    for (Disk disk : disks) {
      said(disk)
          .ifPresent(identity -> alike.computeIfAbsent(identity, _ -> new ArrayList<>()).add(disk));
    }
    alike.entrySet().removeIf(same -> !isOneDisk(same.getKey(), same.getValue()));
    alike.replaceAll((_, paths) -> List.copyOf(paths));
    return Collections.unmodifiableMap(alike);
  }

  /// What an entry says of itself; empty if that is nothing but a model.
  private static Optional<DiskIdentity> said(Disk disk) {
    return disk.serial().isPresent() || disk.wwn().isPresent()
        ? Optional.of(
            new DiskIdentity(
                disk.serial().orElse(""), disk.wwn().orElse(""), disk.model().orElse("")))
        : Optional.empty();
  }

  private static boolean isOneDisk(DiskIdentity identity, List<Disk> alike) {
    return alike.size() == 1
        || (!identity.wwn().isEmpty()
            && alike.stream().map(Disk::sizeBytes).distinct().count() == 1);
  }

  /// All entries, in the list's order.
  public List<Disk> disks() {
    return disks;
  }

  /// The disks that can be told from all others, each with the entries of its paths, at least one,
  /// in the list's order.
  public Map<DiskIdentity, List<Disk>> identified() {
    return byIdentity;
  }

  /// The identity of an entry of this list; empty where it cannot be told from others.
  public Optional<DiskIdentity> identityOf(Disk disk) {
    return Optional.ofNullable(identities.get(disk.path()));
  }

  /// Whether an entry stands for its disk: of several paths to one disk only the first does, so
  /// that the disk counts once.
  public boolean standsForItself(Disk disk) {
    return identityOf(disk)
        .map(identity -> byIdentity.getOrDefault(identity, List.of()).getFirst().equals(disk))
        .orElse(true);
  }

  /// Whether an entry says of itself what the identity says, be it one of several.
  public boolean holds(DiskIdentity identity) {
    return byIdentity.containsKey(identity)
        || disks.stream().anyMatch(disk -> said(disk).equals(Optional.of(identity)));
  }

  /// The entry with this path.
  public Optional<Disk> at(String path) {
    return disks.stream().filter(disk -> disk.path().equals(path)).findFirst();
  }

  /// Which of these disks a leaf is; empty where none of them is it beyond doubt. The list must not
  /// be older than the leaf's name: kernel names move, and one that was read before a disk took
  /// another's place names the wrong one.
  ///
  /// A kernel name (`/dev/sdb1`) means the disk that has it now only as long as ZFS has the leaf
  /// open, for when it opened it, it looked at the label. Of a leaf that vanished or failed it may
  /// be another disk's by now.
  ///
  /// A link holds also for a leaf that vanished.
  ///
  /// Files, `/dev/mapper`, `by-partuuid`, `by-path`, `by-vdev` and the like are never matched: the
  /// API holds nothing to resolve them.
  public Optional<Disk> diskOf(Vdev leaf) {
    return leaf.leaf() ? names.diskOf(LeafPath.of(leaf)) : Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiskList list && list.disks.equals(disks);
  }

  @Override
  public int hashCode() {
    return disks.hashCode();
  }

  @Override
  public String toString() {
    return "DiskList" + disks;
  }
}
