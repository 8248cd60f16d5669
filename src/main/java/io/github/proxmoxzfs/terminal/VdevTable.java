package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Identities;
import io.github.proxmoxzfs.status.OutsideText;
import io.github.proxmoxzfs.status.Tone;
import io.github.proxmoxzfs.status.VdevNames;
import io.github.proxmoxzfs.status.VdevRemarks;
import io.github.proxmoxzfs.status.VdevRemarks.Remark;
import java.util.ArrayList;
import java.util.List;
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
    int own = indent + CellText.width(OutsideText.harmless(VdevNames.shortName(vdev)));
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
        page.line().to(INDENT).add(Tone.FAINT, VdevRemarks.sectionOf(shown));
      }
      rows(vdev, shown == VdevClass.DATA ? INDENT : INDENT + STEP, read.redundancyOf(vdev));
    }
  }

  private void rows(Vdev vdev, int indent, Optional<Redundancy> redundancy) {
    Line line = page.line().to(indent);
    String name = OutsideText.harmless(VdevNames.shortName(vdev));
    line.add(CellText.cutInTheMiddle(name, nameEnd - indent)).to(nameEnd + 1);
    line.add(VdevRemarks.tone(vdev.state()), vdev.state().name()).to(nameEnd + 1 + STATE);
    int counters = nameEnd + 1 + STATE;
    if (vdev.errors().isPresent()) {
      VdevErrors errors = vdev.errors().get();
      for (VdevErrors.Count count : List.of(errors.read(), errors.write(), errors.checksum())) {
        counters += COUNTER;
        line.endingAt(
            counters, count.atLeast() > 0 ? Tone.WARNING : Tone.PLAIN, VdevRemarks.shown(count));
      }
    }
    List<Remark> notes = remarks(vdev, redundancy);
    if (!notes.isEmpty()) {
      line.to(nameEnd + AFTER_NAME + 1);
    }
    add(notes, line, indent);
    vdev.children().forEach(child -> rows(child, indent + STEP, Optional.empty()));
  }

  /// Notes stand behind the row as far as there is room, the others below it.
  private void add(List<Remark> notes, Line row, int indent) {
    Line line = row;
    int below = indent + 2 * STEP;
    for (Remark note : notes) {
      int width = CellText.width(OutsideText.harmless(note.text())) + 2;
      if (line.width() + width > page.appearance().columns() + 1) {
        line = page.line().to(below);
      }
      boolean first = line.width() == below || line.width() == nameEnd + AFTER_NAME + 1;
      line.add(first ? " " : ", ").add(note.tone(), note.text());
    }
  }

  private List<Remark> remarks(Vdev vdev, Optional<Redundancy> redundancy) {
    var remarks = new ArrayList<Remark>(VdevRemarks.of(vdev, redundancy));
    identity(vdev).ifPresent(remarks::add);
    return remarks;
  }

  /// Which disk it is: where there is room, and always where the disk is in trouble.
  private Optional<Remark> identity(Vdev vdev) {
    if (!vdev.leaf()) {
      return Optional.empty();
    }
    boolean wide = page.appearance().columns() >= nameEnd + AFTER_NAME + 40;
    return Identities.of(status, node, pool, vdev)
        .filter(_ -> wide || VdevRemarks.inTrouble(vdev))
        .map(Identities.Identity::shown)
        .filter(text -> !text.isEmpty())
        .map(text -> new Remark(VdevRemarks.inTrouble(vdev) ? Tone.STRONG : Tone.FAINT, text));
  }
}
