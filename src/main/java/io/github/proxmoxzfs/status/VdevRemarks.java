package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What stands beside a vdev in the tree.
public final class VdevRemarks {
  private VdevRemarks() {}

  /// A remark.
  ///
  /// @param tone how it is
  /// @param text what there is to say; may be from outside, so whoever shows it escapes it
  public record Remark(Tone tone, String text) {}

  /// What there is to say of a vdev, but for which disk it is.
  ///
  /// @param redundancy how many disks it may lose, of a top-level vdev
  public static List<Remark> of(Vdev vdev, Optional<Redundancy> redundancy) {
    var remarks = new ArrayList<Remark>();
    redundancy
        .filter(known -> known.configured() > 0)
        .ifPresent(known -> remarks.add(remark(known)));
    VdevNotes zfs = vdev.notes();
    zfs.fault()
        .filter(fault -> fault != VdevNotes.Fault.NOT_PRESENT)
        .ifPresent(fault -> remarks.add(new Remark(Tone.CRITICAL, fault.text())));
    zfs.activities().stream()
        .sorted()
        .forEach(activity -> remarks.add(new Remark(Tone.RUNNING, words(activity.name()))));
    zfs.usedByPool().ifPresent(other -> remarks.add(new Remark(Tone.PLAIN, "in use by " + other)));
    zfs.blockSizes()
        .ifPresent(
            sizes ->
                remarks.add(
                    new Remark(
                        Tone.FAINT,
                        "blocks of "
                            + Quantities.bytes(sizes.configuredBytes())
                            + ", the disk's own "
                            + Quantities.bytes(sizes.nativeBytes()))));
    zfs.unknown().forEach(text -> remarks.add(new Remark(Tone.WARNING, text)));
    return remarks;
  }

  private static Remark remark(Redundancy redundancy) {
    int configured = redundancy.configured();
    if (redundancy.remaining().isEmpty()) {
      return new Remark(Tone.WARNING, "may lose ? of " + configured);
    }
    int left = redundancy.remaining().getAsInt();
    Tone tone = left == configured ? Tone.FAINT : left == 0 ? Tone.CRITICAL : Tone.WARNING;
    return new Remark(tone, "may lose " + left + " of " + configured);
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// How a vdev in this state is.
  public static Tone tone(VdevState state) {
    return switch (state) {
      case ONLINE, AVAIL -> Tone.GOOD;
      case INUSE, DEGRADED, OFFLINE -> Tone.WARNING;
      case FAULTED, UNAVAIL, REMOVED, SPLIT, UNKNOWN -> Tone.CRITICAL;
    };
  }

  /// Whether a person should look at it: its state is not what it should be, or it had errors.
  public static boolean inTrouble(Vdev vdev) {
    boolean quiet =
        switch (vdev.state()) {
          case ONLINE, AVAIL, INUSE -> true;
          case DEGRADED, FAULTED, OFFLINE, UNAVAIL, REMOVED, SPLIT, UNKNOWN -> false;
        };
    return !quiet
        || vdev.errors()
            .filter(
                errors ->
                    errors.read().atLeast() > 0
                        || errors.write().atLeast() > 0
                        || errors.checksum().atLeast() > 0)
            .isPresent();
  }

  /// A counter of errors as `zpool status` would print it, `>` before one that it rounds.
  public static String shown(VdevErrors.Count count) {
    return (count.approximate() ? ">" : "") + count.atLeast();
  }

  /// The name of a class's section in `zpool status`.
  public static String sectionOf(VdevClass vdevClass) {
    return switch (vdevClass) {
      case DATA -> "data";
      case LOG -> "logs";
      case CACHE -> "cache";
      case SPARE -> "spares";
      case SPECIAL -> "special";
      case DEDUP -> "dedup";
    };
  }
}
