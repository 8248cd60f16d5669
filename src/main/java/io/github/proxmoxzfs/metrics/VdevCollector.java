package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevNotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The vdevs of the pools: states, errors, what is going on with them, redundancy, what a leaf is.
///
/// The labels of all families begin with these: `class` is the section of the table that the vdev
/// stands in, `level` is top, inner or leaf, and `vdev` is its name as [Vdev#name()] has it.
final class VdevCollector implements Collector {
  private static final List<String> LABELS = List.of("node", "pool", "class", "level", "vdev");

  private static final String COUNTER_CAVEAT =
      " since the pool was imported or cleared. Exact up to 1023. From 1024 on ZFS prints a letter"
          + " that Proxmox drops: of a value with a fraction that it leaves this is the lower bound"
          + " (see zfs_vdev_errors_approximate), and 1K, 10.0K and 121K arrive as 1, 10 and 121,"
          + " which cannot be seen. Do not use rate(). Absent for spares.";

  private static final Gauge HEALTH =
      gauge(
          "health",
          "Health of the vdev: 0 online (and of spares avail and inuse), 1 degraded, 2 faulted, 3"
              + " offline, 4 unavail, 5 removed; absent for other states.");
  private static final Gauge STATE =
      gauge(
          "state",
          "1 for the current state of the vdev: online, degraded, faulted, offline, unavail,"
              + " removed, avail, inuse, split or unknown.",
          "state");
  private static final Gauge READ_ERRORS =
      gauge("read_errors", "Number of reads that failed" + COUNTER_CAVEAT);
  private static final Gauge WRITE_ERRORS =
      gauge("write_errors", "Number of writes that failed" + COUNTER_CAVEAT);
  private static final Gauge CHECKSUM_ERRORS =
      gauge(
          "checksum_errors",
          "Number of reads whose data was not what was written" + COUNTER_CAVEAT);
  private static final Gauge ERRORS_APPROXIMATE =
      gauge(
          "errors_approximate",
          "1 where one of the vdev's error counters is a lower bound: it was seen to have lost its"
              + " letter.");
  private static final Gauge ACTIVITY =
      gauge(
          "activity",
          "1 while this goes on with the vdev: resilvering, awaiting_resilver, repairing, trimming,"
              + " initializing, removing or non_allocating.",
          "activity");
  private static final Gauge FAULT =
      gauge("fault", "1 while ZFS notes this reason why the vdev is not healthy.", "reason");
  private static final Gauge REDUNDANCY_CONFIGURED =
      gauge(
          "redundancy_configured",
          "How many disks the top-level vdev may lose without losing data when it is whole; 0 for a"
              + " single disk; absent for cache, spares and types that are not known.");
  private static final Gauge REDUNDANCY_REMAINING =
      gauge(
          "redundancy_remaining",
          "How many disks the top-level vdev may lose now; a disk that is being resilvered does not"
              + " count as whole. Absent also while ZFS does not show what is being resilvered.");
  private static final Gauge INFO =
      gauge(
          "info",
          "1, with what the leaf is: its type, the group that it belongs to, the GUID of one that"
              + " vanished, and which disk it is, or was when it was last there; empty where that is"
              + " not known beyond doubt.",
          "vdev_type",
          "parent",
          "guid",
          "device",
          "model",
          "serial",
          "wwn",
          "location");

  private static final Gauge DISK_PRESENT =
      gauge(
          "disk_present",
          "Whether the leaf's disk is in the node's list of disks (1) or not any more (0); absent for"
              + " leaves whose disk is not known, and while there is no list.");

  private static final String NOT_KNOWN = "";

  private static Gauge gauge(String name, String help, String... moreLabels) {
    var labels = new ArrayList<>(LABELS);
    labels.addAll(List.of(moreLabels));
    return new Gauge("zfs_vdev_" + name, help, labels);
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot.forEachPool(
        (node, pool) ->
            pool.status()
                .asOptional()
                .ifPresent(
                    status -> {
                      collect(node.name(), pool, status, families);
                      collectDisks(
                          node, pool, status, new LeafDisks(node, snapshot.locations()), families);
                    }));
  }

  private static void collect(String node, Pool pool, PoolStatus status, Families families) {
    for (Vdev topLevel : status.vdevs()) {
      topLevel
          .andBelow()
          .forEach(vdev -> collect(vdev, new Labels(node, pool.listing().name(), vdev), families));
      status
          .redundancyOf(topLevel)
          .ifPresent(
              redundancy ->
                  collect(redundancy, new Labels(node, pool.listing().name(), topLevel), families));
    }
  }

  private static void collectDisks(
      NodeSnapshot node, Pool pool, PoolStatus status, LeafDisks disks, Families families) {
    String name = pool.listing().name();
    status
        .allVdevs()
        .filter(Vdev::leaf)
        .forEach(
            leaf ->
                collectDisk(
                    leaf, new Labels(node.name(), name, leaf), disks.of(name, leaf), families));
  }

  private static void collect(Vdev vdev, Labels labels, Families families) {
    vdev.state().code().ifPresent(code -> families.add(HEALTH, code, labels.with()));
    families.add(STATE, true, labels.with(vdev.state().label()));
    vdev.errors().ifPresent(errors -> collect(errors, labels, families));
    for (VdevNotes.Activity activity : vdev.notes().activities()) {
      families.add(ACTIVITY, true, labels.with(activity.label()));
    }
    vdev.notes().fault().ifPresent(fault -> families.add(FAULT, true, labels.with(fault.label())));
  }

  private static void collect(VdevErrors errors, Labels labels, Families families) {
    families.add(READ_ERRORS, errors.read().atLeast(), labels.with());
    families.add(WRITE_ERRORS, errors.write().atLeast(), labels.with());
    families.add(CHECKSUM_ERRORS, errors.checksum().atLeast(), labels.with());
    if (errors.approximate()) {
      families.add(ERRORS_APPROXIMATE, true, labels.with());
    }
  }

  private static void collect(Redundancy redundancy, Labels labels, Families families) {
    families.add(REDUNDANCY_CONFIGURED, redundancy.configured(), labels.with());
    redundancy
        .remaining()
        .ifPresent(remaining -> families.add(REDUNDANCY_REMAINING, remaining, labels.with()));
  }

  private static void collectDisk(
      Vdev leaf, Labels labels, Optional<LeafDisks.Shown> disk, Families families) {
    families.add(
        INFO,
        true,
        labels.with(
            leaf.type().label(),
            leaf.parent().orElse(NOT_KNOWN),
            leaf.guid().orElse(NOT_KNOWN),
            disk.map(LeafDisks.Shown::device).orElse(NOT_KNOWN),
            disk.map(LeafDisks.Shown::model).orElse(NOT_KNOWN),
            disk.map(LeafDisks.Shown::serial).orElse(NOT_KNOWN),
            disk.map(LeafDisks.Shown::wwn).orElse(NOT_KNOWN),
            disk.map(LeafDisks.Shown::location).orElse(NOT_KNOWN)));
    disk.flatMap(LeafDisks.Shown::present)
        .ifPresent(present -> families.add(DISK_PRESENT, present, labels.with()));
  }

  /// The values of the labels that all families have.
  private static final class Labels {
    private final String[] common;

    Labels(String node, String pool, Vdev vdev) {
      common =
          new String[] {node, pool, vdev.vdevClass().label(), vdev.level().label(), vdev.name()};
    }

    String[] with(String... more) {
      if (more.length == 0) {
        return common;
      }
      String[] all = Arrays.copyOf(common, common.length + more.length);
      System.arraycopy(more, 0, all, common.length, more.length);
      return all;
    }
  }
}
