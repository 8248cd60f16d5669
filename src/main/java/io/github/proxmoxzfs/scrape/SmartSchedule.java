package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.Smart;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.Vdev;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which disks of a node are to be asked for SMART, and what they said.
///
/// Disks are asked by the names that the kernel gave them, and another disk may have a name by the
/// time it is asked: after a restart, or when one was pulled out. So an answer counts only once a
/// list that was read after it shows the same disk under that name as the one before it.
///
/// While the node does not answer, nothing is learned of its disks: one of them tries now and then
/// whether it does again, and those whose turn has come meanwhile are told as out of reach. With
/// the first answer they are not any more, whenever their own turns come.
final class SmartSchedule {
  /// How soon a disk is asked again whose question failed.
  private static final Duration RETRY = Duration.ofMinutes(10);

  /// How soon a node is tried again that was out of reach. A little less than a minute: scrapes
  /// that come each minute, but not exactly so, are to find it due.
  private static final Duration REACHED_AGAIN = Duration.ofSeconds(50);

  /// Clocks are set right by a little now and then; that is no reason to ask anew.
  private static final Duration TOLERATED_LEAP = Duration.ofMinutes(5);

  /// A disk to ask.
  ///
  /// @param path the name under which the list has it
  record Due(DiskIdentity identity, String path) {}

  private record Answered(String path, Reading<SmartReport> outcome) {}

  /// That the last question did not reach its disk.
  private record Unreached(Reading.Failed<SmartReport> why, Instant tryAt) {
    private boolean holdsBack(Instant now) {
      // A clock that was set back does not prolong it.
      return now.isBefore(tryAt) && !now.isBefore(tryAt.minus(REACHED_AGAIN));
    }
  }

  private final Smart settings;
  private final Map<DiskIdentity, Instant> next = new HashMap<>();
  private final Map<DiskIdentity, Answered> unconfirmed = new HashMap<>();
  private final Map<DiskIdentity, SmartReading> told = new HashMap<>();
  private DiskList list = new DiskList(List.of());
  private Optional<Unreached> unreached = Optional.empty();

  SmartSchedule(Smart settings) {
    this.settings = settings;
  }

  /// Takes note of a list that was read after all answers so far.
  synchronized void listed(DiskList newer) {
    unconfirmed.forEach(
        (identity, answered) -> {
          if (isAt(newer, identity, answered.path())) {
            tell(identity, answered.outcome());
          } else {
            next.remove(identity); // ask again, under the name that it has now
          }
        });
    unconfirmed.clear();
    list = newer;
    next.keySet().retainAll(newer.identified().keySet());
    told.keySet().retainAll(newer.identified().keySet());
  }

  private static boolean isAt(DiskList disks, DiskIdentity identity, String path) {
    return disks.at(path).flatMap(disks::identityOf).equals(Optional.of(identity));
  }

  private void tell(DiskIdentity identity, Reading<SmartReport> outcome) {
    told.merge(identity, SmartReading.of(outcome), (before, _) -> before.after(outcome));
  }

  /// The next disk to ask, the one that is due for longest; none while the node is out of reach.
  ///
  /// @param leaves the leaves of the node's pools
  synchronized Optional<Due> due(Collection<Vdev> leaves, Instant now) {
    return unreached.filter(one -> one.holdsBack(now)).isPresent()
        ? Optional.empty()
        : overdue(leaves, now)
            .min(Comparator.comparing((Due due) -> next.getOrDefault(due.identity(), Instant.MIN)));
  }

  private Stream<Due> overdue(Collection<Vdev> leaves, Instant now) {
    // A moment that lies further ahead than any is set was noted before the clock was set back.
    Instant latest =
        now.plus(settings.interval().multipliedBy(3).dividedBy(2)).plus(TOLERATED_LEAP);
    List<Disk> due =
        list.disks().stream()
            .filter(list::standsForItself)
            .filter(
                disk ->
                    list.identityOf(disk)
                        .map(identity -> next.getOrDefault(identity, Instant.MIN))
                        .filter(moment -> !moment.isAfter(now) || moment.isAfter(latest))
                        .isPresent())
            .toList();
    if (due.isEmpty()) {
      return Stream.empty(); // as with nearly all scrapes
    }
    Set<String> inPools =
        leaves.stream()
            .flatMap(leaf -> list.diskOf(leaf).map(Disk::path).stream())
            .collect(Collectors.toSet());
    return due.stream()
        .filter(disk -> isAsked(disk, inPools))
        .flatMap(
            disk -> list.identityOf(disk).map(identity -> new Due(identity, disk.path())).stream());
  }

  private boolean isAsked(Disk disk, Set<String> inPools) {
    return !disk.type().mayRotate()
        || switch (settings.rotational()) {
          case ALL -> true;
          case NONE -> false;
          case IN_POOLS -> inPools.contains(disk.path());
        };
  }

  /// Takes note that a question did not reach its disk. The next one to try is another: should it
  /// be the disk's fault after all, the others have their turns.
  synchronized void unreached(Due disk, Reading.Failed<SmartReport> why, Instant now) {
    unreached = Optional.of(new Unreached(why, now.plus(REACHED_AGAIN)));
    next.put(disk.identity(), now);
  }

  /// Takes note of an answer, or of why the disk gave none.
  synchronized void asked(Due disk, Reading<SmartReport> outcome, Instant now) {
    unreached = Optional.empty();
    next.put(disk.identity(), next(disk.identity(), outcome, now));
    if (outcome instanceof Reading.Ok) {
      unconfirmed.put(disk.identity(), new Answered(disk.path(), outcome));
    } else {
      tell(disk.identity(), outcome);
    }
  }

  /// Each disk has its moment in the interval, so that they spread over it, whenever they were
  /// asked first.
  private Instant next(DiskIdentity identity, Reading<SmartReport> outcome, Instant now) {
    if (!(outcome instanceof Reading.Ok) && settings.interval().compareTo(RETRY) > 0) {
      return now.plus(RETRY);
    }
    long interval = settings.interval().toMillis();
    long earliest = now.toEpochMilli() + interval / 2;
    long moment = Math.floorMod(identity.hashCode() * 2_654_435_761L, interval);
    return Instant.ofEpochMilli(earliest + Math.floorMod(moment - earliest, interval));
  }

  /// Whether there are answers that the next list is to confirm, and no disk is left to ask.
  synchronized boolean waitsForList(Collection<Vdev> leaves, Instant now) {
    return !unconfirmed.isEmpty() && overdue(leaves, now).findAny().isEmpty();
  }

  /// Whether anything was ever told.
  synchronized boolean toldNothing() {
    return told.isEmpty();
  }

  /// What the disks of the last list said. While the node is out of reach, those that were to be
  /// asked since then failed for that reason, unless they failed before for one of their own.
  synchronized Map<DiskIdentity, SmartReading> told(Collection<Vdev> leaves, Instant now) {
    var all = new HashMap<>(told);
    unreached.ifPresent(
        one ->
            overdue(leaves, now)
                .forEach(
                    disk ->
                        all.merge(
                            disk.identity(),
                            SmartReading.of(one.why()),
                            (before, _) ->
                                before.latest() instanceof Reading.Failed
                                    ? before
                                    : before.after(one.why()))));
    return Map.copyOf(all);
  }
}
