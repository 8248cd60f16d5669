package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The disks of a virtual machine as its udev told them, and what pve-storage's `get_disks` makes
/// of each.
///
/// @param disk the entry of the list
/// @param links all links to it below `/dev/disk/by-id`
record RecordedUdev(Disk disk, List<String> links) {
  private static final Pattern BY_ID = Pattern.compile("/dev/disk/by-id/(ata|scsi|nvme(?!-eui)).*");
  private static final Pattern PROPERTY = Pattern.compile("E: ([A-Z0-9_]+)=(.*)");
  private static final Pattern KERNEL =
      Pattern.compile("sys: rotational=(\\d) vendor=\\[(.*?)] model=\\[(.*?)] size=(\\d+) .*");

  /// The disks of a recording.
  static List<RecordedUdev> read(String file) throws IOException {
    var disks = new ArrayList<RecordedUdev>();
    String text = Files.readString(Path.of("src/test/resources/smart", file));
    for (String section : Pattern.compile("(?m)^######## ").splitAsStream(text).toList()) {
      if (section.contains("\nE: DEVTYPE=disk\n")) {
        disks.add(of(section));
      }
    }
    return disks;
  }

  private static RecordedUdev of(String section) {
    Map<String, String> properties = new HashMap<>();
    section
        .lines()
        .forEach(
            line -> {
              var property = PROPERTY.matcher(line);
              if (property.matches()) {
                properties.put(property.group(1), property.group(2));
              }
            });
    var kernel =
        KERNEL.matcher(
            section.lines().filter(l -> l.startsWith("sys: ")).findFirst().orElseThrow());
    if (!kernel.matches()) {
      throw new IllegalStateException("no line of sysfs");
    }
    List<String> links = List.of(properties.getOrDefault("DEVLINKS", "").split(" ", -1));
    return new RecordedUdev(
        new Disk(
            requireNonNull(properties.get("DEVNAME")),
            links.stream().filter(link -> BY_ID.matcher(link).matches()).findFirst(),
            known(properties.getOrDefault("ID_MODEL", requireNonNull(kernel.group(3)).strip())),
            // Of several words, none are told.
            known(properties.getOrDefault("ID_SERIAL_SHORT", "")).filter(s -> s.matches("\\S+")),
            known(properties.getOrDefault("ID_WWN", "")),
            known(requireNonNull(kernel.group(2)).strip()),
            Disk.Type.UNKNOWN,
            OptionalInt.empty(),
            OptionalLong.of(Long.parseLong(requireNonNull(kernel.group(4))) * 512)),
        links.stream().filter(link -> link.startsWith("/dev/disk/by-id/")).toList());
  }

  private static Optional<String> known(String text) {
    return Optional.of(text).filter(known -> !known.isEmpty());
  }
}
