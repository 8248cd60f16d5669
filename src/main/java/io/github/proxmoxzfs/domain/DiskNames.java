package io.github.proxmoxzfs.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The names below `/dev/disk/by-id` that udev may have given the disks of a list, and which disk a
/// name means. A name that fits several disks means none of them.
///
/// The rules are those of Debian 11 to 13 (`60-persistent-storage.rules`, sg3-utils-udev). They
/// write a blank or any other odd character as `_`, some of them several blanks as one, so that
/// names are compared in a form where that makes no difference.
final class DiskNames {
  private static final String BY_ID = "/dev/disk/by-id/";
  private static final Pattern ESCAPED = Pattern.compile("[^A-Za-z0-9#+\\-.:=@_]");
  private static final Pattern UNDERSCORES = Pattern.compile("_+");
  private static final Pattern NAMESPACE = Pattern.compile("/dev/nvme\\d+n(\\d+)");
  private static final Pattern HEX_WWN = Pattern.compile("0x([0-9a-fA-F]{16})");

  /// The digits of a NAA designator, which Proxmox shows as the serial number of a SCSI disk.
  private static final Pattern NAA = Pattern.compile("[0-9a-fA-F]{16}(?:[0-9a-fA-F]{16})?");

  /// The name that the kernel makes for an NVMe namespace without EUI-64 and UUID: the vendor, and
  /// serial number and model in hexadecimal.
  private static final Pattern NVME_WWN =
      Pattern.compile("nvme\\.[0-9a-f]{4}-((?:[0-9a-f]{2})+)-((?:[0-9a-f]{2})+)-([0-9a-f]{8})");

  private final Map<String, Set<Disk>> byPath = new HashMap<>();
  private final Map<String, Set<Disk>> byName = new HashMap<>();
  private final Map<String, Set<Disk>> byNameBefore = new HashMap<>();

  DiskNames(List<Disk> disks) {
    for (Disk disk : disks) {
      put(byPath, disk.path(), disk);
      // No other link is looked at, as if it were a path.
      disk.byIdLink().ifPresent(link -> put(byPath, link, disk));
      names(disk).map(DiskNames::canonical).distinct().forEach(name -> put(byName, name, disk));
      usbNames(disk)
          .map(DiskNames::canonical)
          .distinct()
          .forEach(name -> put(byNameBefore, name, disk));
    }
  }

  private static void put(Map<String, Set<Disk>> disks, String name, Disk disk) {
    disks.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(disk);
  }

  /// The disk that has this path or link, if exactly one has.
  Optional<Disk> diskOf(LeafPath leaf) {
    if (!leaf.isLink() && !leaf.mayBeKernelName()) {
      return Optional.empty();
    }
    Set<Disk> exact = byPath.getOrDefault(leaf.path(), Set.of());
    if (!exact.isEmpty() || !leaf.path().startsWith(BY_ID)) {
      return only(exact);
    }
    String name = canonical(leaf.path().substring(BY_ID.length()));
    Set<Disk> named = byName.getOrDefault(name, Set.of());
    return only(named.isEmpty() ? byNameBefore(name) : named);
  }

  /// `usb-VENDOR_MODEL_SERIAL-0:0`: what stands behind the last hyphen is not in the list.
  private Set<Disk> byNameBefore(String name) {
    int end = name.lastIndexOf('-');
    return end < 0 ? Set.of() : byNameBefore.getOrDefault(name.substring(0, end), Set.of());
  }

  private static Optional<Disk> only(Set<Disk> disks) {
    return disks.size() == 1 ? Optional.of(disks.iterator().next()) : Optional.empty();
  }

  /// The form of a name that does not depend on how blanks and odd characters were escaped.
  static String canonical(String name) {
    String escaped = ESCAPED.matcher(name).replaceAll("_");
    String squeezed = UNDERSCORES.matcher(escaped).replaceAll("_");
    int from = squeezed.startsWith("_") ? 1 : 0;
    int to = squeezed.length() - (squeezed.length() > 1 && squeezed.endsWith("_") ? 1 : 0);
    return squeezed.substring(from, Math.max(from, to)).toLowerCase(Locale.ROOT);
  }

  private static Stream<String> names(Disk disk) {
    var names = new ArrayList<String>();
    disk.wwn().ifPresent(wwn -> addNamesOfWwn(wwn, disk, names));
    disk.serial()
        .ifPresent(
            serial -> {
              addNamesOfSerial(serial, names);
              disk.model().ifPresent(model -> addNamesOfModel(model, serial, disk, names));
            });
    return names.stream();
  }

  private static void addNamesOfWwn(String wwn, Disk disk, List<String> names) {
    names.add("nvme-" + wwn);
    names.add("wwn-" + wwn);
    var hex = HEX_WWN.matcher(wwn);
    if (hex.matches()) {
      names.add("scsi-3" + hex.group(1));
    }
    var nvme = NVME_WWN.matcher(wwn);
    if (nvme.matches() && disk.serial().isEmpty()) {
      // Proxmox shows no serial number that has a blank in it.
      addNamesOfNvme(text(nvme.group(2)), text(nvme.group(1)), disk, names);
    }
  }

  private static String text(String hex) {
    var text = new StringBuilder();
    for (byte character : HexFormat.of().parseHex(hex)) {
      text.append((char) (character & 0xff));
    }
    return text.toString().strip();
  }

  private static void addNamesOfSerial(String serial, List<String> names) {
    if (NAA.matcher(serial).matches()) {
      names.add("scsi-3" + serial);
      names.add("wwn-0x" + serial);
    }
  }

  private static void addNamesOfModel(String model, String serial, Disk disk, List<String> names) {
    names.add("ata-" + model + "_" + serial);
    addNamesOfNvme(model, serial, disk, names);
    for (String designator : List.of("S", "0", "1")) {
      names.add("scsi-" + designator + "ATA_" + model + "_" + serial);
    }
    disk.vendor()
        .ifPresent(
            vendor -> {
              names.add("scsi-0" + vendor + "_" + model + "_" + serial);
              names.add("scsi-S" + vendor + "_" + model + "_" + serial);
            });
  }

  private static void addNamesOfNvme(String model, String serial, Disk disk, List<String> names) {
    names.add("nvme-" + model + "_" + serial);
    var namespace = NAMESPACE.matcher(disk.path());
    if (namespace.matches()) {
      names.add("nvme-" + model + "_" + serial + "_" + namespace.group(1));
    }
  }

  private static Stream<String> usbNames(Disk disk) {
    return disk.vendor().stream()
        .flatMap(
            vendor ->
                disk.model().stream()
                    .flatMap(
                        model ->
                            disk.serial().stream()
                                .map(serial -> "usb-" + vendor + "_" + model + "_" + serial)));
  }
}
