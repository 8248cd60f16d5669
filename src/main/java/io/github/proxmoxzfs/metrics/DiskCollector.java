package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import java.util.List;
import java.util.TreeSet;

/// The disks as their nodes list them, with the names, meaning and units of smartctl_exporter. A
/// disk that is reached over several paths is told once, by the first.
final class DiskCollector implements Collector {
  private static final Gauge DEVICE =
      Gauge.of(
          "smartctl_device",
          "1, with what the disk is: interface and protocol (sat and ATA, nvme and NVMe, scsi and"
              + " SCSI) are empty where the list does not show them.",
          "node",
          "device",
          "interface",
          "protocol",
          "model_name",
          "serial_number");
  private static final Gauge CAPACITY =
      Gauge.of("smartctl_device_capacity_bytes", "Size of the disk in bytes.", "node", "device");
  private static final Gauge ROTATION_RATE =
      Gauge.of(
          "smartctl_device_rotation_rate",
          "Rotations per minute; absent for disks that do not rotate and for SAS disks, of which"
              + " Proxmox knows none.",
          "node",
          "device");
  private static final Gauge PRESENT =
      Gauge.of(
          "pve_disk_present",
          "Whether the disk is in its node's list (1), or is not although a leaf of a pool still"
              + " refers to it (0). Only of disks that have a serial number or WWN of their own.",
          "node",
          "serial",
          "wwn",
          "model");

  private record Language(String interfaceName, String protocol) {}

  private static final Language UNKNOWN = new Language("", "");

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    for (NodeSnapshot node : snapshot.nodes().asOptional().orElse(List.of())) {
      node.disks().list().asOptional().ifPresent(list -> collect(node, list, families));
    }
  }

  private static void collect(NodeSnapshot node, DiskList list, Families families) {
    for (Disk disk : list.disks()) {
      if (list.standsForItself(disk)) {
        collect(node.name(), disk, families);
      }
    }
    for (DiskIdentity disk : list.identified().keySet()) {
      addPresent(node.name(), disk, true, families);
    }
    var gone = new TreeSet<DiskIdentity>();
    for (LeafDisk leaf : node.disks().leaves().values()) {
      if (leaf.present().filter(present -> !present).isPresent()) {
        leaf.identity().ifPresent(gone::add);
      }
    }
    gone.forEach(disk -> addPresent(node.name(), disk, false, families));
  }

  private static void addPresent(
      String node, DiskIdentity disk, boolean present, Families families) {
    families.add(PRESENT, present, node, disk.serial(), disk.wwn(), disk.model());
  }

  private static void collect(String node, Disk disk, Families families) {
    Language language = languageOf(disk);
    families.add(
        DEVICE,
        true,
        node,
        disk.device(),
        language.interfaceName(),
        language.protocol(),
        disk.model().orElse(""),
        disk.serial().orElse(""));
    families.add(CAPACITY, disk.sizeBytes(), node, disk.device());
    disk.rotationsPerMinute()
        .ifPresent(rate -> families.add(ROTATION_RATE, rate, node, disk.device()));
  }

  /// What smartctl would talk to the disk in. The kernel calls all ATA disks' vendor ATA; what is
  /// behind a USB bridge is not seen.
  private static Language languageOf(Disk disk) {
    if (disk.type() == Disk.Type.NVME) {
      return new Language("nvme", "NVMe");
    }
    if (disk.type() == Disk.Type.USB || !disk.device().startsWith("sd")) {
      return UNKNOWN;
    }
    return disk.vendor().filter("ATA"::equals).isPresent()
        ? new Language("sat", "ATA")
        : new Language("scsi", "SCSI");
  }
}
