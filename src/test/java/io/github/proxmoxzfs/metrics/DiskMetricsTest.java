package io.github.proxmoxzfs.metrics;

import static io.github.proxmoxzfs.domain.Disks.ata;
import static io.github.proxmoxzfs.domain.Disks.disk;
import static io.github.proxmoxzfs.domain.Disks.leaf;
import static io.github.proxmoxzfs.domain.Disks.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.NodeDisks;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartReport.Protocol;
import io.github.proxmoxzfs.domain.SmartValue;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A node with a disk of each kind, and all that is told of them in `disks.txt`.
/// `-Dgolden.write=true` writes it anew.
class DiskMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant READ_AT = NOW.minusSeconds(1800);
  private static final Path EXPECTED = Path.of("src/test/resources/metrics/disks.txt");

  private static final Disk NVME =
      disk("nvme0n1", "Samsung SSD 980", "S64A", "eui.002538d911b1a2c3", "");
  private static final Disk FAILING = hdd(ata("sda", "ZA1"));
  private static final Disk SAS =
      disk("sdb", "ST300", "5000c500deadbee0", "0x5000c500deadbee0", "SEAGATE");
  private static final Disk SECOND_PATH =
      disk("sdc", "ST300", "5000c500deadbee0", "0x5000c500deadbee0", "SEAGATE");
  private static final Disk SILENT = ata("sdd", "ZA2");
  private static final Disk VIRTUAL = disk("vda", "", "", "", "0x1af4");
  private static final DiskIdentity GONE = new DiskIdentity("ZA9", "", "ST4000");

  private static Disk hdd(Disk disk) {
    return new Disk(
        disk.path(),
        disk.byIdLink(),
        disk.model(),
        disk.serial(),
        disk.wwn(),
        disk.vendor(),
        Disk.Type.HDD,
        OptionalInt.of(7200),
        disk.sizeBytes());
  }

  @Test
  void eachDiskIsToldWithItsNames() throws IOException {
    var list =
        new DiskList(
            List.of(NVME, FAILING, SAS, SECOND_PATH, SILENT, VIRTUAL, usb("sde"), usb("sdf")));
    Map<DiskIdentity, SmartReading> smart = new HashMap<>();
    smart.put(list.identityOf(NVME).orElseThrow(), told(nvme()));
    smart.put(list.identityOf(FAILING).orElseThrow(), told(failing()));
    smart.put(list.identityOf(SAS).orElseThrow(), told(sas()));
    smart.put(
        list.identityOf(SILENT).orElseThrow(),
        told(silentNow())
            .after(
                new Reading.Ok<>(new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER), NOW)));
    // It is remembered for its leaf, and has no name under which it could be shown.
    smart.put(GONE, told(silentNow()));
    Map<LeafDisk.Key, LeafDisk> leaves =
        Map.of(
            new LeafDisk.Key("tank", "/dev/sda1"), leafDisk(list, FAILING, Optional.of(true)),
            new LeafDisk.Key("tank", "/dev/vda1"), leafDisk(list, VIRTUAL, Optional.empty()),
            new LeafDisk.Key("tank", "/dev/disk/by-id/ata-ST4000_ZA9-part1"),
                new LeafDisk(Optional.of(GONE), "sdz", Optional.of("ST4000"), Optional.of(false)));
    var node =
        new NodeSnapshot(
                "pve1",
                true,
                new Reading.Ok<>(
                    List.of(
                        pool(
                            "tank",
                            NOW,
                            leaf("/dev/sda1"),
                            leaf("/dev/vda1"),
                            leaf("/dev/disk/by-id/ata-ST4000_ZA9-part1"),
                            leaf("/dev/mapper/unmatched"))),
                    NOW),
                new Reading.Skipped<>(),
                Map.of())
            .withDisks(new NodeDisks(new Reading.Ok<>(list, NOW), smart, leaves));
    var snapshot =
        new ClusterSnapshot(NOW, new Reading.Ok<>(List.of(node), NOW), Duration.ZERO)
            .withLocations(Map.of("ZA1", "shelf 1 bay 3", "ZA9", "shelf 1 bay 4"));

    String shown = samples(snapshot);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(EXPECTED, shown);
    }

    assertThat(shown).isEqualTo(Files.readString(EXPECTED));
    assertThat(ClusterMetrics.of(snapshot, ClusterMetrics.collectors()).whole().droppedDuplicates())
        .isEmpty();
  }

  @Test
  void withoutAListThereIsNothingOfDisks() throws IOException {
    var node =
        new NodeSnapshot(
                "pve1", true, new Reading.Ok<>(List.of(), NOW), new Reading.Skipped<>(), Map.of())
            .withDisks(
                NodeDisks.of(
                    new Reading.Failed<>(FailureReason.TIMED_OUT, "late"),
                    Map.of(GONE, told(silentNow()))));

    assertThat(
            samples(new ClusterSnapshot(NOW, new Reading.Ok<>(List.of(node), NOW), Duration.ZERO)))
        .isEmpty();
  }

  /// Two behind bridges of one make: nobody can say whose SMART is whose.
  private static Disk usb(String device) {
    Disk disk = disk(device, "Elements", "0123456789", "", "WD");
    return new Disk(
        disk.path(),
        disk.byIdLink(),
        disk.model(),
        disk.serial(),
        disk.wwn(),
        disk.vendor(),
        Disk.Type.USB,
        OptionalInt.empty(),
        disk.sizeBytes());
  }

  private static LeafDisk leafDisk(DiskList list, Disk disk, Optional<Boolean> present) {
    return new LeafDisk(list.identityOf(disk), disk.device(), disk.model(), present);
  }

  private static SmartReading told(SmartReport.Told told) {
    return SmartReading.of(new Reading.Ok<>(told, READ_AT));
  }

  /// All that a disk can tell.
  private static SmartReport.Told nvme() {
    var values = new EnumMap<SmartValue, BigDecimal>(SmartValue.class);
    for (SmartValue value : SmartValue.values()) {
      values.put(value, BigDecimal.valueOf(values.size() + 1));
    }
    values.put(SmartValue.BYTES_READ, new BigDecimal("9444732965739290426880000"));
    values.put(SmartValue.WEAROUT_REMAINING_RATIO, new BigDecimal("-0.37"));
    values.remove(SmartValue.GROWN_DEFECTS);
    return new SmartReport.Told(
        Protocol.NVME, SmartHealth.of(SmartHealth.Verdict.PASSED), values, List.of());
  }

  private static SmartReport.Told failing() {
    return new SmartReport.Told(
        Protocol.ATA,
        SmartHealth.of(SmartHealth.Verdict.FAILED),
        Map.of(SmartValue.TEMPERATURE_CELSIUS, new BigDecimal("38.5")),
        List.of(
            new SmartAttribute(
                5,
                "Reallocated_Sector_Ct",
                "PO--CK",
                1,
                1,
                36,
                SmartAttribute.Failing.NOW,
                Optional.of(BigInteger.valueOf(2000))),
            new SmartAttribute(
                177,
                "Wear_Leveling_Count",
                "------",
                98,
                97,
                0,
                SmartAttribute.Failing.NO,
                Optional.empty())));
  }

  private static SmartReport.Told sas() {
    return new SmartReport.Told(
        Protocol.SCSI,
        new SmartHealth(
            SmartHealth.Verdict.WARNING, Optional.of(new SmartHealth.Sense(0x0b, 0x01))),
        Map.of(SmartValue.GROWN_DEFECTS, BigDecimal.valueOf(12)),
        List.of());
  }

  private static SmartReport.Told silentNow() {
    return new SmartReport.Told(
        Protocol.ATA,
        SmartHealth.UNKNOWN,
        Map.of(SmartValue.TEMPERATURE_CELSIUS, BigDecimal.valueOf(31)),
        List.of());
  }

  /// What is told of disks, and of which disk a leaf is.
  private static String samples(ClusterSnapshot snapshot) throws IOException {
    var samples = new StringBuilder();
    text(snapshot)
        .lines()
        .filter(
            line ->
                line.matches(
                    "(# (HELP|TYPE) )?(smartctl_|pve_disk_|zfs_vdev_info|zfs_vdev_disk_).*"))
        .forEach(line -> samples.append(line).append('\n'));
    return samples.toString();
  }

  private static String text(ClusterSnapshot snapshot) throws IOException {
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(
            text,
            ClusterMetrics.of(snapshot, Set.of("vdev", "disk", "smart")).families(),
            EscapingScheme.UNDERSCORE_ESCAPING);
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsOnlyRememberedOfSmartIsNoSuccessOfAskingForIt() throws IOException {
    SmartReading remembered = SmartReading.remembered(silentNow(), READ_AT);
    SmartReading failed = SmartReading.of(new Reading.Failed<>(FailureReason.STUCK, ""));
    var other = new DiskIdentity("ZA8", "", "ST4000");

    assertThat(outcomeOfSmart(Map.of(GONE, remembered))).isEmpty();
    assertThat(outcomeOfSmart(Map.of(GONE, remembered, other, failed))).isEqualTo("0.0");
    assertThat(outcomeOfSmart(Map.of(GONE, remembered, other, told(silentNow())))).isEqualTo("1.0");
  }

  private static String outcomeOfSmart(Map<DiskIdentity, SmartReading> smart) throws IOException {
    var node =
        new NodeSnapshot(
                "pve1", true, new Reading.Ok<>(List.of(), NOW), new Reading.Skipped<>(), Map.of())
            .withDisks(NodeDisks.of(new Reading.Ok<>(new DiskList(List.of()), NOW), smart));
    return text(new ClusterSnapshot(NOW, new Reading.Ok<>(List.of(node), NOW), Duration.ZERO))
        .lines()
        .filter(line -> line.startsWith("zfs_scrape_collector_success{collector=\"smart\""))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .collect(Collectors.joining());
  }
}
