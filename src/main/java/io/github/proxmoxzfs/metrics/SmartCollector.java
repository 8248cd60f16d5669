package io.github.proxmoxzfs.metrics;

import static java.util.Map.entry;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ObjDoubleConsumer;

/// What disks tell of themselves, with the names, meaning and units of smartctl_exporter. What a
/// disk told is shown under the name that it has now; a disk that is not in the list has none.
final class SmartCollector implements Collector {
  private static final Gauge STATUS =
      gauge(
          "smartctl_device_smart_status",
          "The disk's judgement of itself: 1 passed, 0 it fails or will soon; absent where it tells"
              + " none that can be relied on.");
  private static final Gauge EXCEPTION =
      Gauge.of(
          "pve_disk_smart_exception",
          "1 while a SCSI or SAS disk reports this exception, as hexadecimal codes: asc 5d predicts a"
              + " failure (ascq ff is a trial), 0b is a warning.",
          "node",
          "device",
          "asc",
          "ascq");
  private static final Gauge ATTRIBUTE =
      Gauge.of(
          "smartctl_device_attribute",
          "An attribute of an ATA disk: its normalised value, worst and thresh, and raw, the count,"
              + " where it can be relied on. Attributes 5, 187, 188, 197, 198, 199 and those of wear,"
              + " where the name says that they mean what they are known for.",
          "node",
          "device",
          "attribute_id",
          "attribute_name",
          "attribute_flags_short",
          "attribute_flags_long",
          "attribute_value_type");
  private static final Gauge READ_AT =
      gauge(
          "pve_disk_smart_read_timestamp_seconds",
          "When the disk told what is shown of it, in seconds since the epoch.");
  private static final Gauge FAILURE =
      Gauge.of(
          "pve_disk_smart_failure",
          "1 while the disk tells nothing, for this reason; what it told before is still shown.",
          "node",
          "device",
          "reason");

  /// The reason for a disk that is never asked: what it would tell could not be known to be its
  /// own.
  private static final String NO_IDENTITY = "no_identity";

  private static final Gauge TEMPERATURE =
      Gauge.of(
          "smartctl_device_temperature",
          "Temperature of the disk in degrees Celsius.",
          "node",
          "device",
          "temperature_type");

  private static final Map<SmartValue, Gauge> GAUGES =
      Map.ofEntries(
          entry(
              SmartValue.PERCENTAGE_USED,
              gauge(
                  "smartctl_device_percentage_used",
                  "Percent of the rated life that is used, of NVMe and SAS disks; above 100 for a disk"
                      + " that lives longer.")),
          entry(
              SmartValue.WEAROUT_REMAINING_RATIO,
              gauge(
                  "pve_disk_wearout_remaining_ratio",
                  "What is left of the rated life, 1 for a new disk; below 0 for one that lives"
                      + " longer.")),
          entry(
              SmartValue.AVAILABLE_SPARE_PERCENT,
              gauge(
                  "smartctl_device_available_spare",
                  "Percent of the spare blocks that are left, of NVMe disks.")),
          entry(
              SmartValue.AVAILABLE_SPARE_THRESHOLD_PERCENT,
              gauge(
                  "smartctl_device_available_spare_threshold",
                  "Percent of the spare blocks below which the disk warns; 0 where it never does.")),
          entry(
              SmartValue.CRITICAL_WARNING,
              gauge(
                  "smartctl_device_critical_warning",
                  "Warnings of an NVMe disk as bits: 1 spare, 2 temperature, 4 reliability, 8 read"
                      + " only, 16 backup of volatile memory, 32 persistent memory; 0 for none.")),
          entry(
              SmartValue.MEDIA_ERRORS,
              gauge(
                  "smartctl_device_media_errors",
                  "Number of times an NVMe disk lost or damaged data.")),
          entry(
              SmartValue.ERROR_LOG_ENTRIES,
              gauge(
                  "smartctl_device_num_err_log_entries",
                  "Number of commands that an NVMe disk refused or that failed; many disks count"
                      + " harmless ones, so that it is no sign of a fault.")),
          entry(
              SmartValue.BYTES_READ,
              gauge("smartctl_device_bytes_read", "Bytes that were read from the disk.")),
          entry(
              SmartValue.BYTES_WRITTEN,
              gauge("smartctl_device_bytes_written", "Bytes that were written to the disk.")),
          entry(
              SmartValue.POWER_ON_SECONDS,
              gauge("smartctl_device_power_on_seconds", "Time for which it was on, in seconds.")),
          entry(
              SmartValue.POWER_CYCLES,
              gauge("smartctl_device_power_cycle_count", "Number of times it was switched on.")),
          entry(
              SmartValue.GROWN_DEFECTS,
              gauge(
                  "smartctl_scsi_grown_defect_list",
                  "Number of sectors of a SAS disk that went bad since it was made.")));

  /// The letters of an attribute's flags, in the order of the letters, as smartctl's JSON names
  /// them.
  private static final List<String> FLAGS =
      List.of(
          "prefailure", "updated_online", "performance", "error_rate", "event_count", "auto_keep");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "node", "device");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    for (NodeSnapshot node : snapshot.nodes().asOptional().orElse(List.of())) {
      node.disks().list().asOptional().ifPresent(list -> collect(node, list, families));
    }
  }

  private static void collect(NodeSnapshot node, DiskList list, Families families) {
    list.identified()
        .forEach(
            (identity, paths) -> {
              SmartReading reading = node.disks().smart().get(identity);
              if (reading != null) {
                collect(reading, node.name(), paths.getFirst().device(), families);
              }
            });
    for (Disk disk : list.disks()) {
      if (list.identityOf(disk).isEmpty()) {
        families.add(FAILURE, true, node.name(), disk.device(), NO_IDENTITY);
      }
    }
  }

  private static void collect(SmartReading reading, String node, String device, Families families) {
    reading.failure().ifPresent(reason -> families.add(FAILURE, true, node, device, reason));
    reading
        .told()
        .ifPresent(
            told -> {
              families.add(READ_AT, Seconds.ofEpoch(told.readAt()), node, device);
              collect(told.value(), node, device, families);
            });
  }

  private static void collect(
      SmartReport.Told told, String node, String device, Families families) {
    collect(told.health(), node, device, families);
    told.value(SmartValue.TEMPERATURE_CELSIUS)
        .ifPresent(
            degrees -> families.add(TEMPERATURE, degrees.doubleValue(), node, device, "current"));
    told.values()
        .forEach(
            (value, number) -> {
              Gauge gauge = GAUGES.get(value);
              if (gauge != null) {
                families.add(gauge, number.doubleValue(), node, device);
              }
            });
    told.attributes().forEach(attribute -> collect(attribute, node, device, families));
  }

  private static void collect(SmartHealth health, String node, String device, Families families) {
    switch (health.verdict()) {
      case PASSED -> families.add(STATUS, true, node, device);
      case FAILED -> families.add(STATUS, false, node, device);
      case WARNING, UNKNOWN -> {}
    }
    health
        .exception()
        .ifPresent(
            sense ->
                families.add(
                    EXCEPTION, true, node, device, hexByte(sense.asc()), hexByte(sense.ascq())));
  }

  private static String hexByte(int code) {
    return HexFormat.of().toHexDigits((byte) code);
  }

  private static void collect(
      SmartAttribute attribute, String node, String device, Families families) {
    String id = Integer.toString(attribute.id());
    String longFlags = longFlags(attribute.flags());
    ObjDoubleConsumer<String> add =
        (type, number) ->
            families.add(
                ATTRIBUTE,
                number,
                node,
                device,
                id,
                attribute.name(),
                attribute.flags(),
                longFlags,
                type);
    add.accept("value", attribute.value());
    add.accept("worst", attribute.worst());
    add.accept("thresh", attribute.threshold());
    attribute.raw().ifPresent(raw -> add.accept("raw", raw.doubleValue()));
  }

  private static String longFlags(String flags) {
    var names = new StringJoiner(",");
    for (int i = 0; i < Math.min(flags.length(), FLAGS.size()); i++) {
      if (flags.charAt(i) != '-') {
        names.add(FLAGS.get(i));
      }
    }
    return names.toString();
  }
}
