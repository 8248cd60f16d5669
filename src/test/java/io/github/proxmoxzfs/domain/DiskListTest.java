package io.github.proxmoxzfs.domain;

import static io.github.proxmoxzfs.domain.Disks.ata;
import static io.github.proxmoxzfs.domain.Disks.disk;
import static io.github.proxmoxzfs.domain.Disks.identity;
import static io.github.proxmoxzfs.domain.Disks.leaf;
import static io.github.proxmoxzfs.domain.Disks.linked;
import static io.github.proxmoxzfs.domain.Disks.vanished;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskListTest {
  private static final String LUN = "0x600508b1001c0000";

  /// One of each kind.
  private static final DiskList LIST =
      new DiskList(
          List.of(
              linked(ata("sda", "ZA1"), "wwn-is-none"),
              disk("sdb", "ODD_Mo_del+x@1:2__x__y", "S_N_1_2", "0x5000c500a1b2c3d4", "ATA"),
              disk("sdc", "ST_300_X", "5000c500deadbee0", "0x5000c500deadbee0", "SEAGATE"),
              disk("sdd", "QEMU_HARDDISK", "ZT01", "", "QEMU"),
              disk("sde", "Elements", "WX1", "", "WD"),
              disk("sdf", "LUN", "600508b1001c0000aaaaaaaaaaaaaaaa", LUN, "HP"),
              disk("sdg", "LUN", "600508b1001c0000bbbbbbbbbbbbbbbb", LUN, "HP"),
              disk("sdaa", "ST8000", "ZAA", "", "ATA"),
              disk("nvme0n1", "Samsung SSD 980", "S64A  1", "eui.002538d911b1a2c3", ""),
              disk("nvme1n1", "QEMU NVMe Ctrl", "", nvmeWwn("QEMU NVMe Ctrl", "N  1/2x"), ""),
              disk("nvme1n2", "QEMU NVMe Ctrl", "NV3", "uuid.5a1e-3", ""),
              disk("vda", "", "", "", "0x1af4"),
              disk("hda", "OLD", "H1", "", "ATA"),
              disk("xvdb", "", "", "", ""),
              disk("cciss/c0d0", "LOGICAL_VOLUME", "", "", "HP")));

  private static String nvmeWwn(String model, String serial) {
    return "nvme.1b36-" + hex(serial) + "-" + hex(model) + "-00000001";
  }

  private static String hex(String text) {
    var hex = new StringBuilder();
    text.chars().forEach(character -> hex.append(String.format("%02x", character)));
    return hex.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // Kernel names, whole and partitions.
    "/dev/sda, sda",
    "/dev/sda1, sda",
    "/dev/sda15, sda",
    "/dev/sdaa9, sdaa",
    "/dev/hda1, hda",
    "/dev/vda3, vda",
    "/dev/xvdb1, xvdb",
    "/dev/nvme0n1, nvme0n1",
    "/dev/nvme0n1p3, nvme0n1",
    "/dev/nvme1n2p1, nvme1n2",
    "/dev/cciss/c0d0, cciss/c0d0",
    "/dev/cciss/c0d0p1, cciss/c0d0",
    // The link that Proxmox chose.
    "/dev/disk/by-id/wwn-is-none, sda",
    "/dev/disk/by-id/wwn-is-none-part3, sda",
    // ATA.
    "/dev/disk/by-id/ata-ST4000_ZA1, sda",
    "/dev/disk/by-id/ata-ST4000_ZA1-part1, sda",
    "/dev/disk/by-id/ata-ODD_Mo_del+x@1:2__x__y_S_N_1_2-part9, sdb",
    "/dev/disk/by-id/wwn-0x5000c500a1b2c3d4-part1, sdb",
    "/dev/disk/by-id/scsi-35000c500a1b2c3d4, sdb",
    "/dev/disk/by-id/scsi-SATA_ST4000_ZA1, sda",
    "/dev/disk/by-id/scsi-0ATA_ST4000_ZA1-part1, sda",
    "/dev/disk/by-id/scsi-1ATA_ST4000_ZA1, sda",
    // SCSI and SAS.
    "/dev/disk/by-id/scsi-35000c500deadbee0-part1, sdc",
    "/dev/disk/by-id/wwn-0x5000c500deadbee0, sdc",
    "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_ZT01, sdd",
    "/dev/disk/by-id/scsi-SQEMU_QEMU_HARDDISK_ZT01-part1, sdd",
    "/dev/disk/by-id/scsi-3600508b1001c0000bbbbbbbbbbbbbbbb, sdg",
    "/dev/disk/by-id/wwn-0x600508b1001c0000aaaaaaaaaaaaaaaa, sdf",
    // USB.
    "/dev/disk/by-id/usb-WD_Elements_WX1-0:0, sde",
    "/dev/disk/by-id/usb-WD_Elements_WX1-0:0-part1, sde",
    // NVMe: blanks one for one, collapsed, with the namespace and without.
    "/dev/disk/by-id/nvme-Samsung_SSD_980_S64A__1, nvme0n1",
    "/dev/disk/by-id/nvme-Samsung_SSD_980_S64A_1-part1, nvme0n1",
    "/dev/disk/by-id/nvme-Samsung_SSD_980_S64A__1_1, nvme0n1",
    "/dev/disk/by-id/nvme-eui.002538d911b1a2c3-part2, nvme0n1",
    "/dev/disk/by-id/nvme-uuid.5a1e-3, nvme1n2",
    "/dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_NV3_2, nvme1n2",
    // A serial number that Proxmox does not show, from the WWN.
    "/dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_N__1_2x-part1, nvme1n1",
    "/dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_N__1_2x_1, nvme1n1",
  })
  void leafIsItsDisk(String leaf, String device) {
    assertThat(LIST.diskOf(leaf(leaf)).map(Disk::device)).contains(device);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/sdz1",
        "/dev/sd1",
        "/dev/nvme0n9p1",
        "/dev/disk/by-id/ata-ST4000_ZA2",
        // A part of a name, or more than one, is another name.
        "/dev/disk/by-id/ata-ST4000_ZA",
        "/dev/disk/by-id/ata-ST4000_ZA11",
        "/dev/disk/by-id/nvme-QEMU_NVMe_Ctrl_NV3_1",
        "/dev/disk/by-id/usb-WD_Elements_WX",
        // All LUNs of one array have this half of their names.
        "/dev/disk/by-id/wwn-0x600508b1001c0000",
        "/dev/disk/by-id/scsi-3600508b1001c0000",
        // Nothing in the list says which disk these are.
        "/dev/disk/by-partuuid/d841235f-a9f2-4f01-83b2-831d672618d9",
        "/dev/disk/by-uuid/1-2",
        "/dev/disk/by-partlabel/zfs-1",
        "/dev/disk/by-label/tank",
        "/dev/disk/by-path/pci-0000:00:02.0-ata-1-part1",
        "/dev/disk/by-diskseq/1",
        "/dev/disk/by-vdev/bay3-part1",
        "/dev/mapper/mpatha",
        "/dev/mapper/luks-sda",
        "/dev/dm-0",
        "/dev/md0",
        "/dev/zd16",
        "/dev/loop0",
        "/var/tmp/file",
        "sda",
        "",
      })
  void leafIsNoDiskOfTheList(String leaf) {
    assertThat(LIST.diskOf(leaf(leaf))).isEmpty();
  }

  @Test
  void whatFitsTwoDisksFitsNone() {
    var twins = new DiskList(List.of(ata("sda", "1234"), ata("sdb", "1234"), ata("sdc", "12")));

    assertThat(twins.diskOf(leaf("/dev/disk/by-id/ata-ST4000_1234-part1"))).isEmpty();
    assertThat(twins.diskOf(leaf("/dev/disk/by-id/ata-ST4000_12-part1")).map(Disk::device))
        .contains("sdc");
    assertThat(twins.diskOf(leaf("/dev/sdb1")).map(Disk::device)).contains("sdb");
  }

  /// ZFS looks at a disk's label when it opens it; what it could not open may have lost its name.
  @ParameterizedTest
  @EnumSource(
      value = VdevState.class,
      names = {"UNAVAIL", "REMOVED", "FAULTED", "OFFLINE", "UNKNOWN", "SPLIT"})
  void kernelNameOfWhatIsNotOpenMeansNothing(VdevState state) {
    assertThat(LIST.diskOf(leaf("/dev/sda1", state))).isEmpty();
    assertThat(LIST.diskOf(leaf("/dev/disk/by-id/ata-ST4000_ZA1-part1", state)).map(Disk::device))
        .contains("sda");
  }

  @ParameterizedTest
  @EnumSource(
      value = VdevState.class,
      names = {"ONLINE", "DEGRADED", "AVAIL", "INUSE"})
  void kernelNameOfWhatIsOpenMeansItsDisk(VdevState state) {
    assertThat(LIST.diskOf(leaf("/dev/sda1", state))).isPresent();
  }

  @Test
  void leafThatVanishedIsNotMatchedByItsFormerKernelName() {
    assertThat(LIST.diskOf(vanished("/dev/sda1", "123", "/dev/sda1"))).isEmpty();
    assertThat(LIST.diskOf(vanished("123", "123", "/dev/sda1"))).isEmpty();

    String link = "/dev/disk/by-id/ata-ST4000_ZA1-part1";
    assertThat(LIST.diskOf(vanished(link, "123", link)).map(Disk::device)).contains("sda");
  }

  /// All links of all disks of both recordings, to the disk and to a partition.
  @ParameterizedTest
  @CsvSource({
    "udev-and-smartctl-plain.txt, 13, 14",
    "udev-and-smartctl-sg3-utils.txt, 21, 24",
  })
  void linksOfRecordedDisksAreTheirs(String file, int found, int all) throws Exception {
    List<RecordedUdev> recorded = RecordedUdev.read(file);
    var list = new DiskList(recorded.stream().map(RecordedUdev::disk).toList());
    var missed = new ArrayList<String>();
    int links = 0;
    for (RecordedUdev device : recorded) {
      for (String link : device.links()) {
        links++;
        for (String name : List.of(link, link + "-part3")) {
          var matched = list.diskOf(leaf(name));
          matched.ifPresentOrElse(
              disk -> assertThat(disk).as(name).isEqualTo(device.disk()), () -> missed.add(name));
        }
      }
    }

    assertThat(links).isEqualTo(all);
    assertThat(missed).hasSize(2 * (all - found));
  }

  @Test
  void pathsToOneDiskAreOneDisk() {
    Disk first = disk("sda", "ST4000", "5000c500deadbee0", "0x5000c500deadbee0", "SEAGATE");
    Disk second = disk("sdb", "ST4000", "5000c500deadbee0", "0x5000c500deadbee0", "SEAGATE");
    var list = new DiskList(List.of(first, second));

    assertThat(list.identified().values()).containsExactly(List.of(first, second));
    assertThat(list.identityOf(first)).isEqualTo(list.identityOf(second)).isPresent();
    assertThat(list.standsForItself(first)).isTrue();
    assertThat(list.standsForItself(second)).isFalse();
  }

  @Test
  void disksThatSayTheSameWithoutWwnAreNotIdentified() {
    var list = new DiskList(List.of(ata("sda", "1"), ata("sdb", "1"), ata("sdc", "2")));

    assertThat(list.identified()).containsOnlyKeys(identity("2"));
    assertThat(list.identityOf(ata("sda", "1"))).isEmpty();
    assertThat(list.disks()).allMatch(list::standsForItself);
  }

  @Test
  void disksOfOneNameAndTwoSizesAreNotIdentified() {
    Disk large = disk("sda", "X", "5000c500deadbee0", "0x5000c500deadbee0", "Y");
    var small =
        new Disk(
            "/dev/sdb",
            large.byIdLink(),
            large.model(),
            large.serial(),
            large.wwn(),
            large.vendor(),
            large.type(),
            OptionalInt.empty(),
            OptionalLong.of(1));

    assertThat(new DiskList(List.of(large, small)).identified()).isEmpty();
  }

  @Test
  void diskThatSaysNothingOfItselfIsNotIdentified() {
    assertThat(new DiskList(List.of(disk("vda", "", "", "", "0x1af4"))).identified()).isEmpty();
    assertThat(new DiskList(List.of(disk("sda", "MODEL", "", "", "ATA"))).identified()).isEmpty();
  }

  @Test
  void namespacesOfOneDiskAreTwo() {
    var list =
        new DiskList(
            List.of(
                disk("nvme0n1", "M", "S", "eui.1", ""), disk("nvme0n2", "M", "S", "eui.2", "")));

    assertThat(list.identified()).hasSize(2);
    assertThat(list.diskOf(leaf("/dev/disk/by-id/nvme-M_S_2")).map(Disk::device))
        .contains("nvme0n2");
    assertThat(list.diskOf(leaf("/dev/disk/by-id/nvme-M_S"))).isEmpty();
  }

  @Test
  void entriesOfOnePathAreLeftOut() {
    var list = new DiskList(List.of(ata("sda", "1"), ata("sda", "2"), ata("sdb", "3")));

    assertThat(list.disks()).extracting(Disk::device).containsExactly("sdb");
  }
}
