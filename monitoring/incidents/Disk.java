import java.util.TreeMap;

/// A disk of a node, and what it says of itself.
final class Disk {
  enum Kind {
    HDD("WDC_WD80EFZZ-68BTXN0", "hdd", "\"5640\"", "ata-"),
    SSD("Samsung_SSD_870_EVO_1TB", "ssd", "0", "ata-"),
    NVME("KINGSTON SNV2S2000G", "nvme", "0", "nvme-"),
    SAS("ST4000NM0025", "unknown", "-1", "scsi-");

    final String model;
    final String type;
    final String rpm;
    final String prefix;

    Kind(String model, String type, String rpm, String prefix) {
      this.model = model;
      this.type = type;
      this.rpm = rpm;
      this.prefix = prefix;
    }
  }

  final Kind kind;
  final String serial;

  /// As the kernel names it: `sda`; changes with a restart.
  String name;

  boolean present = true;
  boolean used = true;
  String health;

  /// ATA: raw values by the attribute's number.
  final TreeMap<Integer, Long> raw = new TreeMap<>();

  // NVMe.
  int criticalWarning;
  int spare = 100;
  int percentageUsed = 3;
  int celsius = 34;

  Disk(Kind kind, String serial, String name) {
    this.kind = kind;
    this.serial = serial;
    this.name = name;
    health = kind == Kind.SAS ? "OK" : "PASSED";
    raw.put(5, 0L);
    raw.put(9, 43460L);
    if (kind == Kind.HDD) {
      raw.put(197, 0L);
      raw.put(198, 0L);
      raw.put(199, 0L);
    }
  }

  String model() {
    return kind.model;
  }

  String link() {
    return "/dev/disk/by-id/" + kind.prefix + kind.model.replace(' ', '_') + "_" + serial;
  }

  String listed() {
    return Json.object(
        "devpath", Json.text("/dev/" + name),
        "by_id_link", Json.text(link()),
        "model", Json.text(kind.model),
        "serial", Json.text(serial),
        "vendor", Json.text(kind == Kind.NVME ? "unknown" : "ATA     "),
        "wwn", Json.text("0x5001" + String.format("%012x", serial.hashCode() & 0xffffffffL)),
        "type", Json.text(kind.type),
        "rpm", kind.rpm,
        "size", "8001563222016",
        "gpt", "1",
        "used", used ? Json.text("ZFS") : "null",
        "health", Json.text("UNKNOWN"),
        "wearout", Json.text("N/A"),
        "osdid", "-1",
        "osdid-list", "null");
  }

  /// What `disks/smart` answers.
  String smart() {
    return Json.object(
        "data",
        switch (kind) {
          case NVME -> nvme();
          case SAS -> sas();
          case HDD, SSD -> ata();
        });
  }

  private String nvme() {
    String text =
        """

        SMART/Health Information (NVMe Log 0x02, NSID 0xffffffff)
        Critical Warning:                   0x%02x
        Temperature:                        %d Celsius
        Available Spare:                    %d%%
        Available Spare Threshold:          10%%
        Percentage Used:                    %d%%
        Data Units Read:                    12,345,678 [6.32 TB]
        Data Units Written:                 5,592,478 [2.86 TB]
        Power On Hours:                     6,870
        Unsafe Shutdowns:                   21
        Media and Data Integrity Errors:    0
        Error Information Log Entries:      5

        """
            .formatted(criticalWarning, celsius, spare, percentageUsed);
    return Json.object(
        "health", Json.text(health),
        "text", Json.text(text),
        "type", Json.text("text"),
        "wearout", Math.max(0, 100 - percentageUsed));
  }

  private String sas() {
    String text =
        """

        Current Drive Temperature:     %d C
        Drive Trip Temperature:        68 C

        Elements in grown defect list: 0

        """
            .formatted(celsius);
    return Json.object("health", Json.text(health), "text", Json.text(text), "type", Json.text("text"));
  }

  private String ata() {
    raw.put(194, (long) celsius);
    var attributes =
        raw.entrySet().stream()
            .map(
                entry ->
                    Json.object(
                        "id", Json.text("%3d".formatted(entry.getKey())),
                        "name", Json.text(nameOf(entry.getKey())),
                        "raw", Json.text(entry.getValue().toString()),
                        "normalized", "100",
                        "value", "100",
                        "worst", "100",
                        "threshold", "0",
                        "fail", Json.text("-"),
                        "flags", Json.text("-O--CK")))
            .toList();
    return Json.object(
        "attributes", Json.array(attributes), "health", Json.text(health), "type", Json.text("ata"));
  }

  private static String nameOf(int attribute) {
    return switch (attribute) {
      case 5 -> "Reallocated_Sector_Ct";
      case 9 -> "Power_On_Hours";
      case 194 -> "Temperature_Celsius";
      case 197 -> "Current_Pending_Sector";
      case 198 -> "Offline_Uncorrectable";
      case 199 -> "UDMA_CRC_Error_Count";
      default -> throw new IllegalArgumentException("attribute " + attribute);
    };
  }
}
