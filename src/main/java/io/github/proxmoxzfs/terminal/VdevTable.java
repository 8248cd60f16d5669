package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.PoolStatus;
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

/// The tree of a pool's vdevs, in the columns of `zpool status`.
final class VdevTable {
  private static final int INDENT = 4;
  private static final int STEP = 2;
  private static final int STATE = 8;
  private static final int COUNTER = 6;
  private static final int AFTER_NAME = 1 + STATE + 3 * COUNTER;

  /// What notes want beside the table.
  private static final int NOTES = 18;

  private static final int LEAST_NAME = 12;

  private final ClusterStatus status;
  private final NodeSnapshot node;
  private final String pool;
  private final PoolStatus read;
  private final Page page;
  private final int nameEnd;

  VdevTable(ClusterStatus status, NodeSnapshot node, String pool, PoolStatus read, Page page) {
    this.status = status;
    this.node = node;
    this.pool = pool;
    this.read = read;
    this.page = page;
    int wanted =
        read.vdevs().stream()
            .mapToInt(
                vdev -> widest(vdev, vdev.vdevClass() == VdevClass.DATA ? INDENT : INDENT + STEP))
            .max()
            .orElse(LEAST_NAME);
    int room = page.appearance().columns() - AFTER_NAME - NOTES;
    this.nameEnd = Math.max(INDENT + LEAST_NAME, Math.min(wanted, room));
  }

  private static int widest(Vdev vdev, int indent) {
    int own = indent + CellText.width(CellText.harmless(VdevNames.shortName(vdev)));
    return vdev.children().stream()
        .mapToInt(child -> widest(child, indent + STEP))
        .reduce(own, Math::max);
  }

  void show() {
    if (read.vdevs().isEmpty()) {
      return;
    }
    Line heading = page.line().to(INDENT).add(Tone.FAINT, "NAME").to(nameEnd + 1);
    heading.add(Tone.FAINT, "STATE").to(nameEnd + 1 + STATE);
    for (String counter : List.of("READ", "WRITE", "CKSUM")) {
      heading.endingAt(heading.width() + COUNTER, Tone.FAINT, counter);
    }
    VdevClass shown = VdevClass.DATA;
    for (Vdev vdev : read.vdevs()) {
      if (vdev.vdevClass() != shown) {
        shown = vdev.vdevClass();
        page.line().to(INDENT).add(Tone.FAINT, sectionOf(shown));
      }
      rows(vdev, shown == VdevClass.DATA ? INDENT : INDENT + STEP, read.redundancyOf(vdev));
    }
  }

  /// The section's name in `zpool status`.
  private static String sectionOf(VdevClass vdevClass) {
    return switch (vdevClass) {
      case DATA -> "data";
      case LOG -> "logs";
      case CACHE -> "cache";
      case SPARE -> "spares";
      case SPECIAL -> "special";
      case DEDUP -> "dedup";
    };
  }

  private void rows(Vdev vdev, int indent, Optional<Redundancy> redundancy) {
    Line line = page.line().to(indent);
    String name = CellText.harmless(VdevNames.shortName(vdev));
    line.add(CellText.cutInTheMiddle(name, nameEnd - indent)).to(nameEnd + 1);
    line.add(tone(vdev.state()), vdev.state().name()).to(nameEnd + 1 + STATE);
    int counters = nameEnd + 1 + STATE;
    if (vdev.errors().isPresent()) {
      VdevErrors errors = vdev.errors().get();
      for (VdevErrors.Count count : List.of(errors.read(), errors.write(), errors.checksum())) {
        counters += COUNTER;
        line.endingAt(counters, count.atLeast() > 0 ? Tone.WARNING : Tone.PLAIN, shown(count));
      }
    }
    List<Note> notes = notes(vdev, redundancy);
    if (!notes.isEmpty()) {
      line.to(nameEnd + AFTER_NAME + 1);
    }
    add(notes, line, indent);
    vdev.children().forEach(child -> rows(child, indent + STEP, Optional.empty()));
  }

  private static String shown(VdevErrors.Count count) {
    return (count.approximate() ? ">" : "") + count.atLeast();
  }

  private static Tone tone(VdevState state) {
    return switch (state) {
      case ONLINE, AVAIL -> Tone.GOOD;
      case INUSE, DEGRADED, OFFLINE -> Tone.WARNING;
      case FAULTED, UNAVAIL, REMOVED, SPLIT, UNKNOWN -> Tone.CRITICAL;
    };
  }

  private record Note(Tone tone, String text) {}

  /// Notes stand behind the row as far as there is room, the others below it.
  private void add(List<Note> notes, Line row, int indent) {
    Line line = row;
    int below = indent + 2 * STEP;
    for (Note note : notes) {
      int width = CellText.width(CellText.harmless(note.text())) + 2;
      if (line.width() + width > page.appearance().columns() + 1) {
        line = page.line().to(below);
      }
      boolean first = line.width() == below || line.width() == nameEnd + AFTER_NAME + 1;
      line.add(first ? " " : ", ").add(note.tone(), note.text());
    }
  }

  private List<Note> notes(Vdev vdev, Optional<Redundancy> redundancy) {
    var notes = new ArrayList<Note>();
    redundancy
        .filter(known -> known.configured() > 0)
        .ifPresent(known -> notes.add(redundancyNote(known)));
    VdevNotes zfs = vdev.notes();
    zfs.fault()
        .filter(fault -> fault != VdevNotes.Fault.NOT_PRESENT)
        .ifPresent(fault -> notes.add(new Note(Tone.CRITICAL, fault.text())));
    zfs.activities().stream()
        .sorted()
        .forEach(activity -> notes.add(new Note(Tone.RUNNING, words(activity.name()))));
    zfs.usedByPool().ifPresent(other -> notes.add(new Note(Tone.PLAIN, "in use by " + other)));
    zfs.blockSizes()
        .ifPresent(
            sizes ->
                notes.add(
                    new Note(
                        Tone.FAINT,
                        "blocks of "
                            + Quantities.bytes(sizes.configuredBytes())
                            + ", the disk's own "
                            + Quantities.bytes(sizes.nativeBytes()))));
    zfs.unknown().forEach(text -> notes.add(new Note(Tone.WARNING, text)));
    identity(vdev).ifPresent(notes::add);
    return notes;
  }

  /// Which disk it is: where there is room, and always where the disk is in trouble.
  private Optional<Note> identity(Vdev vdev) {
    if (!vdev.leaf()) {
      return Optional.empty();
    }
    boolean wide = page.appearance().columns() >= nameEnd + AFTER_NAME + 40;
    return Identities.of(status, node, pool, vdev)
        .filter(_ -> wide || inTrouble(vdev))
        .map(Identities.Identity::shown)
        .filter(text -> !text.isEmpty())
        .map(text -> new Note(inTrouble(vdev) ? Tone.STRONG : Tone.FAINT, text));
  }

  private static boolean inTrouble(Vdev vdev) {
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

  private static Note redundancyNote(Redundancy redundancy) {
    int configured = redundancy.configured();
    if (redundancy.remaining().isEmpty()) {
      return new Note(Tone.WARNING, "may lose ? of " + configured);
    }
    int left = redundancy.remaining().getAsInt();
    Tone tone = left == configured ? Tone.FAINT : left == 0 ? Tone.CRITICAL : Tone.WARNING;
    return new Note(tone, "may lose " + left + " of " + configured);
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
