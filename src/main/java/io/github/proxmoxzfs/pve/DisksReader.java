package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads the answer of `/nodes/{node}/disks/list?skipsmart=1` (pve-storage `PVE/Diskmanage.pm`,
/// `get_disks`). Its health and wearout are not read: with `skipsmart` they say nothing.
final class DisksReader {
  /// What is said where nothing is known.
  private static final String UNKNOWN = "unknown";

  /// A WWN that no disk has: all digits are 0.
  private static final Pattern NO_WWN = Pattern.compile("(?:0x|eui\\.|uuid\\.)?[0-]*");

  private DisksReader() {}

  /// The disks, in the order of the answer. A row without a device, and a partition, is left out;
  /// the former is reported as an oddity, so that it does not cost the others.
  static DiskList read(JsonValue data, Consumer<String> oddities) throws MalformedException {
    if (!(data instanceof JsonArray rows)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of disks");
    }
    List<Disk> disks = new ArrayList<>();
    int partitions = 0;
    for (JsonValue row : rows.elements()) {
      if (row instanceof JsonObject object && object.get("parent").asText().isPresent()) {
        partitions++;
        continue;
      }
      Optional<Disk> disk = row instanceof JsonObject object ? disk(object) : Optional.empty();
      disk.ifPresentOrElse(
          disks::add, () -> oddities.accept("The list of disks has a row that names no device."));
    }
    if (disks.isEmpty() && rows.elements().size() > partitions) {
      throw new MalformedException("no row names a device");
    }
    return new DiskList(disks);
  }

  private static Optional<Disk> disk(JsonObject row) {
    return known(row, "devpath")
        .map(
            path ->
                new Disk(
                    path,
                    known(row, "by_id_link"),
                    known(row, "model"),
                    known(row, "serial"),
                    known(row, "wwn").filter(wwn -> !NO_WWN.matcher(wwn).matches()),
                    known(row, "vendor"),
                    type(row),
                    rotations(row),
                    size(row)));
  }

  /// A text without the blanks that the kernel fills it up with.
  private static Optional<String> known(JsonObject row, String field) {
    return row.get(field)
        .asText()
        .map(String::strip)
        .filter(text -> !text.isEmpty() && !text.equals(UNKNOWN));
  }

  private static Disk.Type type(JsonObject row) {
    String word = row.get("type").asText().orElse(UNKNOWN).toLowerCase(Locale.ROOT);
    for (Disk.Type type : Disk.Type.values()) {
      if (type.label().equals(word)) {
        return type;
      }
    }
    return Disk.Type.UNKNOWN;
  }

  /// Proxmox tells −1 where it does not know, 0 of what does not rotate.
  private static OptionalInt rotations(JsonObject row) {
    OptionalLong rotations = row.get("rpm").asWholeNumber();
    long number = rotations.orElse(0);
    return number > 0 && number <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  private static OptionalLong size(JsonObject row) {
    OptionalLong size = row.get("size").asWholeNumber();
    return size.orElse(0) > 0 ? size : OptionalLong.empty();
  }
}
