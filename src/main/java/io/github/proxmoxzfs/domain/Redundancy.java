package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.VdevNotes.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// How many disks a top-level vdev may lose without losing data. `docs/redundancy.md` has the truth
/// table.
///
/// @param configured how many when it is whole; 0 for a single disk
/// @param remaining how many now; absent when ZFS does not show which disk is being resilvered
public record Redundancy(int configured, OptionalInt remaining) {
  public Redundancy {
    requireNonNull(remaining, "remaining is null");
  }

  /// Whether something holds all the data that it should.
  private enum Whole {
    YES,
    NO,
    UNKNOWN
  }

  static Optional<Redundancy> of(Vdev topLevel, PoolStatus pool) {
    return switch (topLevel.vdevClass()) {
      case CACHE, SPARE -> Optional.empty();
      case DATA, LOG, SPECIAL, DEDUP -> {
        OptionalInt configured = configured(topLevel);
        yield configured.isEmpty()
            ? Optional.empty()
            : Optional.of(new Observer(topLevel, pool).reckon(configured.getAsInt()));
      }
    };
  }

  private static OptionalInt configured(Vdev topLevel) {
    int children = topLevel.children().size();
    return switch (topLevel.type()) {
      case VdevType.Mirror _ when children > 0 -> OptionalInt.of(children - 1);
      case VdevType.Raidz(int parity) when children > parity -> OptionalInt.of(parity);
      case VdevType.Draid draid when children > draid.parity() -> OptionalInt.of(draid.parity());
      case VdevType.Mirror _, VdevType.Raidz _, VdevType.Draid _ -> OptionalInt.empty();
      case VdevType.Replacing _,
          VdevType.Spare _,
          VdevType.Disk _,
          VdevType.File _,
          VdevType.Missing _ ->
          OptionalInt.of(0);
      case VdevType.DistributedSpare _, VdevType.Indirect _, VdevType.Unknown _ ->
          OptionalInt.empty();
    };
  }

  /// What there is to see of a top-level vdev, and what that means.
  private static final class Observer {
    private final Vdev topLevel;

    /// Whether a resilver runs that concerns this vdev, and ZFS does not show yet what it writes
    /// to: the note `(resilvering)` appears with the first block that is written.
    private final boolean unseenResilver;

    /// Whether the pool has something that a resilver begun just now probably writes to: a disk
    /// that replaces another, or a spare.
    private final boolean standIns;

    /// Whether a distributed spare is being filled. Its space lies on all disks of the dRAID vdev,
    /// so ZFS notes `(resilvering)` on those too, which lack nothing.
    private final boolean fillsDistributedSpare;

    Observer(Vdev topLevel, PoolStatus pool) {
      this.topLevel = topLevel;
      unseenResilver = unseenResilver(topLevel, pool);
      standIns =
          pool.allVdevs().anyMatch(vdev -> vdev.vdevClass() != VdevClass.SPARE && isStandIn(vdev));
      fillsDistributedSpare =
          topLevel
              .andBelow()
              .anyMatch(
                  vdev ->
                      vdev.type() instanceof VdevType.DistributedSpare
                          && vdev.shows(Activity.RESILVERING));
    }

    Redundancy reckon(int configured) {
      List<Whole> members = topLevel.children().stream().map(this::whole).toList();
      long lost = members.stream().filter(Predicate.isEqual(Whole.NO)).count();
      if (lost >= configured) {
        return new Redundancy(configured, OptionalInt.of(0));
      }
      boolean unsure =
          members.contains(Whole.UNKNOWN)
              || (unseenResilver && !standIns)
              // Two disks of different groups of failure domains cost less than two of one group,
              // and the table does not show the groups.
              || (lost > 0 && hasFailureDomains());
      return new Redundancy(
          configured, unsure ? OptionalInt.empty() : OptionalInt.of((int) (configured - lost)));
    }

    private Whole whole(Vdev member) {
      return switch (member.type()) {
        case VdevType.Replacing _ -> firstOf(member);
        case VdevType.Spare _ -> spared(member);
        case VdevType.Disk _,
            VdevType.File _,
            VdevType.DistributedSpare _,
            VdevType.Missing _,
            VdevType.Unknown _ ->
            leaf(member);
        case VdevType.Mirror _, VdevType.Raidz _, VdevType.Draid _, VdevType.Indirect _ ->
            Whole.UNKNOWN;
      };
    }

    /// The disk to be replaced; the new one is whole only when the old one is gone from the table.
    private Whole firstOf(Vdev replacing) {
      return replacing.children().isEmpty()
          ? Whole.UNKNOWN
          : whole(replacing.children().getFirst());
    }

    /// The disk itself, or one that stands in for it. While a resilver runs of which nothing is
    /// seen yet, a stand-in is taken for what it will write to.
    private Whole spared(Vdev spare) {
      if (spare.children().isEmpty()) {
        return Whole.UNKNOWN;
      }
      var wholes = new ArrayList<Whole>();
      wholes.add(whole(spare.children().getFirst()));
      for (Vdev standIn : spare.children().subList(1, spare.children().size())) {
        wholes.add(unseenResilver ? Whole.NO : whole(standIn));
      }
      if (wholes.contains(Whole.YES)) {
        return Whole.YES;
      }
      return wholes.contains(Whole.UNKNOWN) ? Whole.UNKNOWN : Whole.NO;
    }

    private Whole leaf(Vdev leaf) {
      return switch (leaf.state()) {
        case ONLINE, DEGRADED -> lacksData(leaf) ? Whole.NO : Whole.YES;
        case FAULTED, OFFLINE, UNAVAIL, REMOVED, SPLIT -> Whole.NO;
        case AVAIL, INUSE, UNKNOWN -> Whole.UNKNOWN;
      };
    }

    private boolean lacksData(Vdev leaf) {
      boolean bystander =
          fillsDistributedSpare && !(leaf.type() instanceof VdevType.DistributedSpare);
      return leaf.shows(Activity.AWAITING_RESILVER)
          || (leaf.shows(Activity.RESILVERING) && !bystander);
    }

    private boolean hasFailureDomains() {
      return topLevel.type() instanceof VdevType.Draid draid && draid.width().isPresent();
    }

    private static boolean isStandIn(Vdev vdev) {
      return vdev.type() instanceof VdevType.Replacing || vdev.type() instanceof VdevType.Spare;
    }

    private static boolean unseenResilver(Vdev topLevel, PoolStatus pool) {
      if (pool.scan().isEmpty()
          || !(pool.scan().get() instanceof Scan.InProgress(Scan.Subject subject, _, _))) {
        return false;
      }
      return switch (subject.function()) {
        case RESILVER -> pool.allVdevs().noneMatch(vdev -> vdev.shows(Activity.RESILVERING));
        case REBUILD ->
            subject.vdev().filter(topLevel.name()::equals).isPresent()
                && topLevel.andBelow().noneMatch(vdev -> vdev.shows(Activity.RESILVERING));
        case SCRUB, ERROR_SCRUB -> false;
      };
    }
  }
}
