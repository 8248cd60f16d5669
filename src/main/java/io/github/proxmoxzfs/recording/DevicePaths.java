package io.github.proxmoxzfs.recording;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Paths of devices: what in them is a name that an administrator or a maker gave.
final class DevicePaths {
  private static final Set<String> PLAIN_FOLDERS =
      Set.of(
          "dev",
          "disk",
          "by-id",
          "by-partuuid",
          "by-uuid",
          "by-path",
          "by-vdev",
          "by-label",
          "by-partlabel",
          "by-diskseq",
          "mapper",
          "zvol",
          "var",
          "tmp",
          "mnt",
          "cciss",
          "usr",
          "sbin",
          "bin",
          "etc",
          "pve",
          "nodes",
          "vms",
          "storage",
          "access",
          "pool",
          "sdn",
          "mapping",
          "groups",
          "zones",
          "localnetwork",
          "realm",
          "dir",
          "pci",
          "usb",
          "roles",
          "replication");

  /// Names that the kernel gives.
  private static final Pattern KERNEL =
      Pattern.compile(
          "(?:sd|hd|vd|xvd)[a-z]{1,3}\\d*|nvme\\d+n\\d+(?:p\\d+)?|nvme\\d+|mmcblk\\d+(?:p\\d+)?"
              + "|(?:dm-|md|loop|nbd|zd|sr|c\\d+d)\\d+(?:p\\d+)?|zfs|zpool|smartctl|\\d{1,9}|-|");

  /// A path from PCI or SAS, which names ports, not disks; addresses in it are replaced elsewhere.
  private static final Pattern BY_PATH = Pattern.compile("(?:pci|platform|acpi|virtio)-.*");

  private static final Pattern PARTITION = Pattern.compile("(.*?)(-part\\d+)?");

  /// The serial number stands last, before a namespace or a USB unit.
  private static final Pattern BY_ID =
      Pattern.compile(
          "(?:ata|nvme|scsi|usb|virtio|mmc|ieee1394|cciss|raid)-(?:.*_)?([^_]+?)(?:_\\d{1,3})?(?:-\\d+:\\d+)?");

  private DevicePaths() {}

  /// The serial number that a name below `/dev/disk/by-id` ends with; none where it is another kind
  /// of name.
  static Optional<String> serial(String byIdName) {
    String whole = withoutPartition(byIdName);
    if (whole.matches("nvme-(?:eui|uuid|nvme)\\..*|scsi-[0-9a-fA-F]{9,}")) {
      return Optional.empty();
    }
    Matcher name = BY_ID.matcher(whole);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  private static String withoutPartition(String name) {
    Matcher parts = PARTITION.matcher(name);
    return parts.matches() ? parts.group(1) : name;
  }

  /// The path with each part renamed that is a name.
  static String renamed(String path, Texts texts) {
    var renamed = new StringBuilder();
    String folder = "";
    boolean device = path.startsWith("/dev/");
    for (String part : path.split("/", -1)) {
      renamed.append(renamed.isEmpty() && !path.startsWith("/") ? "" : "/");
      renamed.append(part(part, folder, device, texts));
      folder = part;
    }
    return path.startsWith("/") ? renamed.substring(1) : renamed.toString();
  }

  private static String part(String part, String folder, boolean device, Texts texts) {
    if (PLAIN_FOLDERS.contains(part) || KERNEL.matcher(part).matches()) {
      return part;
    }
    return switch (folder) {
      case "by-id" -> byId(part, texts);
      case "by-partuuid", "by-uuid", "by-diskseq" -> texts.patterns(part);
      case "by-path" -> BY_PATH.matcher(part).matches() ? texts.patterns(part) : named(part, texts);
      default -> device || !texts.isKnown(part) ? named(part, texts) : texts.known(part);
    };
  }

  private static String named(String part, Texts texts) {
    Matcher parts = PARTITION.matcher(part);
    if (!parts.matches()) {
      return texts.name("volume", part);
    }
    String suffix = parts.group(2) == null ? "" : parts.group(2);
    return texts.name("volume", parts.group(1)) + suffix;
  }

  private static String byId(String name, Texts texts) {
    String whole = withoutPartition(name);
    String partition = name.substring(whole.length());
    if (whole.startsWith("dm-name-")) {
      return "dm-name-" + texts.name("volume", whole.substring(8)) + partition;
    }
    Optional<String> serial = serial(name);
    if (serial.isEmpty()) {
      return texts.free(whole) + partition;
    }
    int end = whole.lastIndexOf(serial.get()) + serial.get().length();
    int start = end - serial.get().length();
    return texts.known(whole.substring(0, start))
        + texts.serial(serial.get())
        + whole.substring(end)
        + partition;
  }
}
