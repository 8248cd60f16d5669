package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.Smart;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which disks of a node are to be asked for SMART, and what they said.
///
/// Disks are asked by the names that the kernel gave them, and another disk may have a name by the
/// time it is asked: after a restart, or when one was pulled out. So an answer counts only once a
/// list that was read after it shows the same disk under that name as the one before it.
final class SmartSchedule {
  /// How soon a disk is asked again whose question failed.
  private static final Duration RETRY = Duration.ofMinutes(10);

  /// A disk to ask.
  ///
  /// @param path the name under which the list has it
  record Due(DiskIdentity identity, String path) {}

  private record Answered(String path, Reading<SmartReport> outcome) {}

  private final Smart settings;
  private final Map<DiskIdentity, Instant> next = new HashMap<>();
  private final Map<DiskIdentity, Answered> unconfirmed = new HashMap<>();
  private final Map<DiskIdentity, SmartReading> told = new HashMap<>();
  private DiskList list = new DiskList(List.of());

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

  /// That a disk is spared now does not hide how it failed.
  private void tell(DiskIdentity identity, Reading<SmartReport> outcome) {
    boolean spared = outcome.failure().filter(FailureReason.STUCK::equals).isPresent();
    told.merge(
        identity,
        SmartReading.of(outcome),
        (before, _) ->
            spared && before.latest() instanceof Reading.Failed ? before : before.after(outcome));
  }

  /// The next disk to ask, the one that is due for longest.
  ///
  /// @param inPools the paths of the disks that are in pools
  synchronized Optional<Due> due(Set<String> inPools, Instant now) {
    return list.disks().stream()
        .filter(list::standsForItself)
        .filter(disk -> isAsked(disk, inPools))
        .flatMap(
            disk -> list.identityOf(disk).map(identity -> new Due(identity, disk.path())).stream())
        .filter(due -> !now.isBefore(next.getOrDefault(due.identity(), Instant.MIN)))
        .min(Comparator.comparing((Due due) -> next.getOrDefault(due.identity(), Instant.MIN)));
  }

  private boolean isAsked(Disk disk, Set<String> inPools) {
    return !disk.type().mayRotate()
        || switch (settings.rotational()) {
          case ALL -> true;
          case NONE -> false;
          case IN_POOLS -> inPools.contains(disk.path());
        };
  }

  /// Takes note of an answer, or of why there is none.
  synchronized void asked(Due disk, Reading<SmartReport> outcome, Instant now) {
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
  synchronized boolean waitsForList(Set<String> inPools, Instant now) {
    return !unconfirmed.isEmpty() && due(inPools, now).isEmpty();
  }

  /// Whether anything was ever told.
  synchronized boolean toldNothing() {
    return told.isEmpty();
  }

  /// What the disks of the last list said.
  synchronized Map<DiskIdentity, SmartReading> told() {
    return Map.copyOf(told);
  }
}
