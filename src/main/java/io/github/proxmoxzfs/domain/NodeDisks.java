package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/// What is known of the disks of a node after a collection.
///
/// Whoever asks gives the list and how questions for SMART ended; memory adds what was told before,
/// and which disk each leaf is.
///
/// @param list the disks; an earlier list counts, with its time, as long as the node has not been
///   restarted and none of its leaves has changed since: kernel names move then
/// @param smart by disk, what it tells of itself; disks that are gone may still be in it. A disk
///   that cannot be told from others is never asked: nobody could say whose answer it was
/// @param leaves by leaf, which disk it is or last was; leaves that were never matched are not in
///   it
public record NodeDisks(
    Reading<DiskList> list,
    Map<DiskIdentity, SmartReading> smart,
    Map<LeafDisk.Key, LeafDisk> leaves) {
  /// Disks that were not asked for.
  public static final NodeDisks NOT_ASKED = of(new Reading.Skipped<>(), Map.of());

  public NodeDisks {
    requireNonNull(list, "list is null");
    smart = Map.copyOf(smart);
    leaves = Map.copyOf(leaves);
  }

  /// What was asked, with nothing remembered beside it.
  public static NodeDisks of(Reading<DiskList> list, Map<DiskIdentity, SmartReading> smart) {
    return new NodeDisks(list, smart, Map.of());
  }
}
