package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Vdev;
import java.util.Map;
import java.util.Optional;

/// Which disks the leaves of a node are, as labels.
///
/// @param node the node
/// @param locations where disks sit, by serial number
record LeafDisks(NodeSnapshot node, Map<String, String> locations) {
  /// The labels of a disk, empty where there is nothing to say.
  record Shown(
      String device,
      String model,
      String serial,
      String wwn,
      String location,
      Optional<Boolean> present) {}

  /// The disk of a leaf, if it is known.
  Optional<Shown> of(String pool, Vdev leaf) {
    return Optional.ofNullable(node.disks().leaves().get(new LeafDisk.Key(pool, leaf.name())))
        .map(this::shown);
  }

  private Shown shown(LeafDisk disk) {
    String serial = disk.identity().map(DiskIdentity::serial).orElse("");
    return new Shown(
        disk.device(),
        disk.model().orElse(""),
        serial,
        disk.identity().map(DiskIdentity::wwn).orElse(""),
        locations.getOrDefault(serial, ""),
        disk.present());
  }
}
