package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.NodeDisks;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.Vdev;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The disks' part of a step of remembering, for one node: which disk each leaf is, or was when it
/// was last there, and what disks told of themselves.
///
/// A leaf's disk is forgotten when the pool shows no such leaf any more: it was replaced, or
/// detached. A disk's SMART is forgotten when the disk is neither in the list nor a leaf's; it
/// belongs to the disk's identity and never to a name.
final class DiskRecall {
  private static final String LINKS = "/dev/disk/";

  /// @param memory what is remembered now; the same instance where nothing changed
  /// @param disks the node's disks, with what is remembered of them
  record Result(RememberedDisks memory, NodeDisks disks) {}

  private final RememberedDisks before;
  private final NodeSnapshot node;
  private final Instant now;
  private final Optional<DiskList> list;
  private final TreeMap<LeafDisk.Key, LeafDisk> leaves;
  private final Map<LeafDisk.Key, LeafDisk> told = new HashMap<>();

  private DiskRecall(RememberedDisks before, NodeSnapshot node, Instant now) {
    this.before = before;
    this.now = now;
    this.node = node;
    this.list = node.disks().list().asOptional();
    this.leaves = new TreeMap<>(before.leaves());
  }

  /// One step; nothing happens where disks were not asked for.
  ///
  /// @param now our clock
  static Result of(RememberedDisks before, NodeSnapshot node, Instant now) {
    if (node.disks().list() instanceof Reading.Skipped<DiskList>) {
      return new Result(before, node.disks());
    }
    return new DiskRecall(before, node, now).result();
  }

  private Result result() {
    for (Pool pool : node.pools().asOptional().orElse(List.of())) {
      if (!pool.listing().nameTruncated()) {
        recall(pool);
      }
    }
    if (!(node.pools() instanceof Reading.Ok)) {
      before.leaves().forEach(this::tellOld);
    }
    SortedMap<DiskIdentity, SmartReading> smart = smart();
    var after = new RememberedDisks(leaves, smart);
    return new Result(
        after.equals(before) ? before : after, new NodeDisks(node.disks().list(), smart, told));
  }

  private void recall(Pool pool) {
    String name = pool.listing().name();
    Optional<PoolStatus> status =
        pool.status().asOptional().filter(read -> !read.vdevs().isEmpty());
    if (status.isEmpty()) {
      // Nobody knows its leaves; those that it had may well be gone with their disks.
      before
          .leaves()
          .forEach(
              (key, disk) -> {
                if (key.pool().equals(name)) {
                  tellOld(key, disk);
                }
              });
      return;
    }
    List<Vdev> shown = status.get().allVdevs().filter(Vdev::leaf).toList();
    Set<String> names = shown.stream().map(Vdev::name).collect(Collectors.toSet());
    leaves.keySet().removeIf(key -> key.pool().equals(name) && !names.contains(key.leaf()));
    var matched = new HashMap<LeafDisk.Key, LeafDisk>();
    for (Vdev leaf : shown) {
      list.flatMap(known -> known.diskOf(leaf))
          .ifPresent(disk -> matched.put(new LeafDisk.Key(name, leaf.name()), of(disk)));
    }
    for (Vdev leaf : shown) {
      recall(new LeafDisk.Key(name, leaf.name()), leaf, matched);
    }
  }

  private void recall(LeafDisk.Key key, Vdev leaf, Map<LeafDisk.Key, LeafDisk> matched) {
    LeafDisk now = matched.get(key);
    if (now != null) {
      leaves.put(key, now);
      told.put(key, withPresence(now, Optional.of(true)));
      return;
    }
    Optional.ofNullable(before.leaves().get(key))
        .or(() -> robbedOfItsName(key, leaf, matched))
        .ifPresent(
            disk -> {
              leaves.put(key, disk);
              if (isStill(leaf)) {
                tellOld(key, disk);
              }
            });
  }

  /// What a leaf was that vanished and whose name another leaf has now, as when a disk fails and
  /// the next boot gives its name to another: the disk that had the name until now.
  private Optional<LeafDisk> robbedOfItsName(
      LeafDisk.Key key, Vdev leaf, Map<LeafDisk.Key, LeafDisk> matched) {
    return leaf.guid()
        .flatMap(_ -> leaf.notes().formerPath())
        .map(path -> new LeafDisk.Key(key.pool(), path))
        .flatMap(
            robbed ->
                Optional.ofNullable(before.leaves().get(robbed))
                    .filter(disk -> disk.identity().isPresent())
                    .filter(
                        disk ->
                            Optional.ofNullable(matched.get(robbed))
                                .flatMap(LeafDisk::identity)
                                .filter(robber -> !disk.identity().equals(Optional.of(robber)))
                                .isPresent()));
  }

  /// Whether a leaf that matches no disk now is sure to be the one that it was. By a kernel name
  /// ZFS may have opened another disk since, and only the list could tell.
  private static boolean isStill(Vdev leaf) {
    return leaf.name().startsWith(LINKS) || !leaf.state().open();
  }

  private void tellOld(LeafDisk.Key key, LeafDisk disk) {
    told.put(key, withPresence(underItsName(disk), presence(disk)));
  }

  /// The disk with the name that it has now, if it is in the list; without one where another disk
  /// has the name that it had.
  private LeafDisk underItsName(LeafDisk disk) {
    return list.flatMap(
            known ->
                disk.identity()
                    .flatMap(identity -> Optional.ofNullable(known.identified().get(identity))))
        .map(paths -> of(paths.getFirst()))
        .orElseGet(
            () ->
                list.flatMap(known -> known.at("/dev/" + disk.device()))
                    .filter(_ -> disk.identity().isPresent())
                    .map(_ -> withoutName(disk))
                    .orElse(disk));
  }

  private static LeafDisk withoutName(LeafDisk disk) {
    return new LeafDisk(disk.identity(), "", disk.model(), disk.present());
  }

  private LeafDisk of(Disk disk) {
    return new LeafDisk(
        list.flatMap(known -> known.identityOf(disk)),
        disk.device(),
        disk.model(),
        Optional.empty());
  }

  private static LeafDisk withPresence(LeafDisk disk, Optional<Boolean> present) {
    return new LeafDisk(disk.identity(), disk.device(), disk.model(), present);
  }

  /// Whether a disk that no leaf was matched to is in the list. Of one that cannot be told from
  /// others it is known only that it is not: what has its name may be another.
  private Optional<Boolean> presence(LeafDisk disk) {
    return list.flatMap(
        known ->
            disk.identity().isPresent()
                ? disk.identity().map(known::holds)
                : Optional.of(false).filter(_ -> known.at("/dev/" + disk.device()).isEmpty()));
  }

  private SortedMap<DiskIdentity, SmartReading> smart() {
    var smart = new TreeMap<>(before.smart());
    node.disks().smart().forEach((disk, reading) -> smart.merge(disk, reading, this::newer));
    list.ifPresent(
        known -> {
          Set<DiskIdentity> referred =
              leaves.values().stream()
                  .flatMap(leaf -> leaf.identity().stream())
                  .collect(Collectors.toSet());
          smart
              .keySet()
              .removeIf(disk -> !known.identified().containsKey(disk) && !referred.contains(disk));
        });
    return smart;
  }

  /// What was told last, since scrapes overlap and a restart comes between; how the last question
  /// ended is what the asker says. A time that lies ahead of our clock was noted before the clock
  /// was set back, and says nothing.
  private SmartReading newer(SmartReading remembered, SmartReading asked) {
    Optional<Reading.Ok<SmartReport.Told>> kept =
        remembered
            .told()
            .filter(
                old ->
                    asked.told().isEmpty()
                        || (old.readAt().isAfter(asked.told().get().readAt())
                            && !old.readAt().isAfter(now)));
    return kept.isPresent() ? new SmartReading(kept, asked.latest()) : asked;
  }
}
