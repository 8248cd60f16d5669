package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Vdev;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which disks leaves are.
public final class Identities {
  private Identities() {}

  /// What tells a disk from others, and where it sits; each may be empty.
  ///
  /// @param present whether it is there; empty where that cannot be said
  public record Identity(
      String model, String serial, String location, String device, Optional<Boolean> present) {
    /// The identity in a line.
    public String shown() {
      return Stream.of(
              model.replace('_', ' '),
              serial.isEmpty() ? "" : "S/N " + serial,
              location,
              present.equals(Optional.of(false)) ? "gone" : device)
          .filter(part -> !part.isEmpty())
          .collect(Collectors.joining(", "));
    }
  }

  /// Which disk a leaf is, as far as that is known.
  public static Optional<Identity> of(
      ClusterStatus status, NodeSnapshot node, String pool, Vdev leaf) {
    return Optional.ofNullable(node.disks().leaves().get(new LeafDisk.Key(pool, leaf.name())))
        .map(disk -> shown(status, disk));
  }

  private static Identity shown(ClusterStatus status, LeafDisk disk) {
    String serial = disk.identity().map(DiskIdentity::serial).orElse("");
    return new Identity(
        disk.model().orElse(""),
        serial,
        status.locations().getOrDefault(serial, ""),
        disk.device(),
        disk.present());
  }
}
