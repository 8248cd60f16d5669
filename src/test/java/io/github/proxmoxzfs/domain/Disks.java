package io.github.proxmoxzfs.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Makes disks and leaves for tests.
public final class Disks {
  private Disks() {}

  /// A disk of 4 TB.
  ///
  /// @param device its name without `/dev/`
  /// @param model empty for none; likewise the others
  public static Disk disk(String device, String model, String serial, String wwn, String vendor) {
    return new Disk(
        "/dev/" + device,
        Optional.empty(),
        known(model),
        known(serial),
        known(wwn),
        known(vendor),
        device.startsWith("nvme") ? Disk.Type.NVME : Disk.Type.UNKNOWN,
        OptionalInt.empty(),
        OptionalLong.of(4_000_787_030_016L));
  }

  /// An ATA disk `ST4000` with this serial number.
  public static Disk ata(String device, String serial) {
    return disk(device, "ST4000", serial, "", "ATA");
  }

  /// The identity of a disk of [#ata].
  public static DiskIdentity identity(String serial) {
    return new DiskIdentity(serial, "", "ST4000");
  }

  /// This disk with the link that Proxmox happened to choose.
  public static Disk linked(Disk disk, String name) {
    return new Disk(
        disk.path(),
        Optional.of("/dev/disk/by-id/" + name),
        disk.model(),
        disk.serial(),
        disk.wwn(),
        disk.vendor(),
        disk.type(),
        disk.rotationsPerMinute(),
        disk.sizeBytes());
  }

  /// A leaf that is online.
  public static Vdev leaf(String name) {
    return leaf(name, VdevState.ONLINE);
  }

  /// A leaf in a state.
  public static Vdev leaf(String name, VdevState state) {
    return vdev(name, state, VdevNotes.NONE, Optional.empty());
  }

  /// A leaf that vanished.
  ///
  /// @param name its name: its former path, or its GUID where another leaf has that path now
  public static Vdev vanished(String name, String guid, String formerPath) {
    var notes =
        new VdevNotes(
            Set.of(),
            Optional.of(VdevNotes.Fault.NOT_PRESENT),
            Optional.of(formerPath),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return vdev(name, VdevState.UNAVAIL, notes, Optional.of(guid));
  }

  private static Vdev vdev(String name, VdevState state, VdevNotes notes, Optional<String> guid) {
    return new Vdev(
        name,
        Optional.empty(),
        VdevClass.DATA,
        new VdevType.Disk(),
        state,
        Optional.empty(),
        notes,
        guid,
        List.of());
  }

  /// A pool of these leaves, each a disk of its own.
  public static Pool pool(String name, Instant readAt, Vdev... leaves) {
    return new Pool(
        new PoolListing(name, PoolHealth.ONLINE, Optional.empty(), false),
        new Reading.Ok<>(
            new PoolStatus(
                PoolHealth.ONLINE,
                Optional.empty(),
                Optional.empty(),
                new DataErrors.Count(0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(leaves),
                Map.of()),
            readAt));
  }

  /// What a disk told that is this hot.
  public static SmartReading smart(Instant readAt, int celsius) {
    return SmartReading.of(
        new Reading.Ok<>(
            new SmartReport.Told(
                SmartReport.Protocol.ATA,
                SmartHealth.of(SmartHealth.Verdict.PASSED),
                Map.of(SmartValue.TEMPERATURE_CELSIUS, BigDecimal.valueOf(celsius)),
                List.of()),
            readAt));
  }

  private static Optional<String> known(String text) {
    return Optional.of(text).filter(known -> !known.isEmpty());
  }
}
