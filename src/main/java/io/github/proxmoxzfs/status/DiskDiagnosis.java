package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Vdev;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells what is wrong with the disks of a node, by what they say of themselves.
final class DiskDiagnosis {
  private final NodeSnapshot node;
  private final List<Problem> problems = new ArrayList<>();

  private DiskDiagnosis(NodeSnapshot node) {
    this.node = node;
  }

  static List<Problem> of(NodeSnapshot node) {
    var diagnosis = new DiskDiagnosis(node);
    diagnosis.list();
    DiskRow.of(node).forEach(diagnosis::disk);
    return diagnosis.problems;
  }

  private void list() {
    if (node.disks().list() instanceof Reading.Failed<?>(FailureReason reason, String detail)
        && reason != FailureReason.NOT_ASKED // it is about to be
        && node.pools() instanceof Reading.Ok) {
      add(Severity.WARNING, "its disks cannot be listed: " + Failures.shown(reason, detail));
    }
  }

  private void disk(DiskRow row) {
    String disk =
        "disk "
            + row.disk().device()
            + row.disk().serial().map(serial -> " (S/N " + serial + ")").orElse("");
    switch (row.severity()) {
      case HEALTHY -> {}
      case WARNING -> add(Severity.WARNING, disk + " warns by SMART");
      case CRITICAL -> {
        // As long as its vdev can do without it, it need not be tonight.
        boolean unprotected = isUnprotected(row.disk());
        add(
            unprotected ? Severity.CRITICAL : Severity.WARNING,
            disk + " fails by SMART" + (unprotected ? ", and its vdev may lose no disk" : ""));
      }
    }
    row.wear().forEach(wear -> add(Severity.WARNING, disk + " " + wear));
  }

  /// Whether a top-level vdev that it is in may lose no disk, or never could.
  private boolean isUnprotected(Disk disk) {
    DiskList list = node.disks().list().asOptional().orElse(new DiskList(List.of()));
    return node.pools().asOptional().orElse(List.of()).stream()
        .map(Pool::status)
        .flatMap(reading -> reading.asOptional().stream())
        .anyMatch(
            pool ->
                pool.vdevs().stream()
                    .anyMatch(vdev -> mayLoseNone(pool, vdev) && holds(vdev, disk, list)));
  }

  private static boolean mayLoseNone(PoolStatus pool, Vdev vdev) {
    return pool.redundancyOf(vdev)
        .map(Redundancy::remaining)
        .filter(remaining -> remaining.isPresent() && remaining.getAsInt() == 0)
        .isPresent();
  }

  private static boolean holds(Vdev vdev, Disk disk, DiskList list) {
    return vdev.andBelow()
        .filter(Vdev::leaf)
        .anyMatch(leaf -> list.diskOf(leaf).equals(Optional.of(disk)));
  }

  private void add(Severity severity, String text) {
    problems.add(new Problem(severity, Optional.of(node.name()), Optional.empty(), text));
  }
}
