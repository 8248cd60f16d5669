package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Identities;
import io.github.proxmoxzfs.status.Tone;
import io.github.proxmoxzfs.status.VdevNames;
import io.github.proxmoxzfs.status.VdevRemarks;
import io.github.proxmoxzfs.status.VdevRemarks.Remark;
import java.util.List;
import java.util.Optional;

/// The tree of a pool's vdevs, in the columns of `zpool status`.
final class VdevRows {
  /// Deeper ones, which ZFS does not have, are indented like these.
  private static final int DEEPEST = 5;

  private final ClusterStatus status;
  private final NodeSnapshot node;
  private final String pool;
  private final PoolStatus read;
  private final Html html;

  VdevRows(ClusterStatus status, NodeSnapshot node, String pool, PoolStatus read, Html html) {
    this.status = status;
    this.node = node;
    this.pool = pool;
    this.read = read;
    this.html = html;
  }

  void show() {
    if (read.vdevs().isEmpty()) {
      return;
    }
    Tables.begin(
        html,
        "vdevs",
        "Vdevs of pool " + pool + " of node " + node.name(),
        List.of("Name", "State", "Read", "Write", "Cksum", "Notes", "Disk"));
    VdevClass shown = VdevClass.DATA;
    for (Vdev vdev : read.vdevs()) {
      if (vdev.vdevClass() != shown) {
        shown = vdev.vdevClass();
        html.open("tr", "class", "class");
        html.element("th", VdevRemarks.sectionOf(shown), "scope", "rowgroup", "colspan", "7");
        html.close();
      }
      rows(vdev, shown == VdevClass.DATA ? 0 : 1, read.redundancyOf(vdev));
    }
    Tables.end(html);
  }

  private void rows(Vdev vdev, int depth, Optional<Redundancy> redundancy) {
    html.open("tr", "class", VdevRemarks.inTrouble(vdev) ? "trouble" : "quiet");
    String indent = "name d" + Math.min(depth, DEEPEST);
    html.element("th", VdevNames.shortName(vdev), "scope", "row", "class", indent);
    html.open("td").toned(VdevRemarks.tone(vdev.state()), vdev.state().name()).close();
    Optional<VdevErrors> errors = vdev.errors();
    counter(errors.map(VdevErrors::read));
    counter(errors.map(VdevErrors::write));
    counter(errors.map(VdevErrors::checksum));
    html.open("td", "class", "notes");
    String between = "";
    for (Remark remark : VdevRemarks.of(vdev, redundancy)) {
      html.text(between).toned(remark.tone(), remark.text());
      between = ", ";
    }
    html.close();
    String identity =
        vdev.leaf()
            ? Identities.of(status, node, pool, vdev).map(Identities.Identity::shown).orElse("")
            : "";
    html.element("td", identity, "class", "disk");
    html.close();
    vdev.children().forEach(child -> rows(child, depth + 1, Optional.empty()));
  }

  private void counter(Optional<VdevErrors.Count> count) {
    html.open("td", "class", "number");
    count.ifPresent(
        errors ->
            html.toned(
                errors.atLeast() > 0 ? Tone.WARNING : Tone.PLAIN, VdevRemarks.shown(errors)));
    html.close();
  }
}
