package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A pool as `zpool status` shows it: the answer of `GET /nodes/{node}/disks/zfs/{pool}`.
///
/// @param health the pool's health; may differ from its root vdev's (`SUSPENDED` over `ONLINE`)
/// @param scan the field `scan`; absent since ZFS 2.0 when there never was one, and when an error
///   scrub hides it
/// @param errorScrub the field `scrub`, which shows an error scrub (since ZFS 2.2)
/// @param dataErrors blocks with permanent errors
/// @param reason why ZFS complains, if it does
/// @param removal the last removal of a vdev
/// @param expansion the last expansion of a raidz vdev
/// @param checkpoint the pool's checkpoint
/// @param condensing a condensing of on-disk logs
/// @param vdevs the top-level vdevs of all classes, in ZFS's order; empty if ZFS shows none
/// @param unknownTexts what was not understood, by the field it stands in; `vdev` is a row of the
///   table
public record PoolStatus(
    PoolHealth health,
    Optional<Scan> scan,
    Optional<Scan> errorScrub,
    DataErrors dataErrors,
    Optional<PoolReason> reason,
    Optional<Removal> removal,
    Optional<Expansion> expansion,
    Optional<Checkpoint> checkpoint,
    Optional<Condensing> condensing,
    List<Vdev> vdevs,
    Map<String, String> unknownTexts) {
  public PoolStatus {
    requireNonNull(health, "health is null");
    requireNonNull(scan, "scan is null");
    requireNonNull(errorScrub, "errorScrub is null");
    requireNonNull(dataErrors, "dataErrors is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(removal, "removal is null");
    requireNonNull(expansion, "expansion is null");
    requireNonNull(checkpoint, "checkpoint is null");
    requireNonNull(condensing, "condensing is null");
    vdevs = List.copyOf(vdevs);
    unknownTexts = Map.copyOf(unknownTexts);
  }

  /// A pool of which nothing more is known.
  public PoolStatus(
      PoolHealth health, Optional<Scan> scan, Optional<Scan> errorScrub, DataErrors dataErrors) {
    this(
        health,
        scan,
        errorScrub,
        dataErrors,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  /// All vdevs, each group before its members.
  public Stream<Vdev> allVdevs() {
    return vdevs.stream().flatMap(Vdev::andBelow);
  }

  /// The number of leaves by state. A spare in use stands in two classes and counts in both.
  public Map<VdevState, Integer> leavesByState() {
    var leaves = new EnumMap<VdevState, Integer>(VdevState.class);
    allVdevs().filter(Vdev::leaf).forEach(leaf -> leaves.merge(leaf.state(), 1, Integer::sum));
    return leaves;
  }

  /// The number of the pool's spares in the given state; absent if it has no spares at all.
  public Optional<Long> spares(VdevState state) {
    var spares = vdevs.stream().filter(vdev -> vdev.vdevClass() == VdevClass.SPARE).toList();
    return spares.isEmpty()
        ? Optional.empty()
        : Optional.of(spares.stream().filter(spare -> spare.state() == state).count());
  }

  /// How many disks a top-level vdev may lose; absent for classes that hold nothing that could be
  /// lost (cache, spare) and for types we do not know.
  public Optional<Redundancy> redundancyOf(Vdev topLevel) {
    return Redundancy.of(topLevel, this);
  }
}
