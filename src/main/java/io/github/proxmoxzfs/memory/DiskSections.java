package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What of a cluster's disks is kept across restarts, in three sections:
///
/// * `leaves 1`: node, pool, leaf, and of its disk the serial number, WWN and model (all empty
///   where it could not be told from others), the device, and the model again;
/// * `smart 1`: node, serial number, WWN and model of a disk, and of what it told last the time,
///   the protocol, the verdict, the exception (two hexadecimal numbers, or `-`) and each number as
///   `NAME=VALUE`;
/// * `smart-attributes 1`: node, serial number, WWN and model, and of an attribute the id, name,
///   flags, value, worst, threshold, whether it fails, and the raw count or `-`.
///
/// Of names that a later release knows, the row is read without them.
final class DiskSections {
  private static final String LEAVES = "leaves 1";
  private static final String SMART = "smart 1";
  private static final String ATTRIBUTES = "smart-attributes 1";
  private static final String ABSENT = "-";

  /// A row with a longer field is not kept: a server that makes up names must not cost the memory
  /// of pools.
  private static final int LONGEST_FIELD = 500;

  /// A disk as a key of what is read.
  private record Key(String node, DiskIdentity disk) {}

  private DiskSections() {}

  /// The sections that hold what is to be kept.
  static List<MemoryText.Section> write(SortedMap<String, RememberedDisks> disks) {
    var leaves = new ArrayList<List<String>>();
    var smart = new ArrayList<List<String>>();
    var attributes = new ArrayList<List<String>>();
    disks.forEach(
        (node, known) -> {
          known.leaves().entrySet().stream()
              .limit(Recollection.MOST_DISKS)
              .forEach(leaf -> add(leaf(node, leaf.getKey(), leaf.getValue()), leaves));
          known.smart().entrySet().stream()
              .limit(Recollection.MOST_DISKS)
              .forEach(
                  disk ->
                      disk.getValue()
                          .told()
                          .ifPresent(
                              told -> addSmart(node, disk.getKey(), told, smart, attributes)));
        });
    return Stream.of(
            new MemoryText.Section(LEAVES, leaves),
            new MemoryText.Section(SMART, smart),
            new MemoryText.Section(ATTRIBUTES, attributes))
        .filter(section -> !section.rows().isEmpty())
        .toList();
  }

  private static void add(List<String> row, List<List<String>> rows) {
    if (row.stream().allMatch(field -> field.length() <= LONGEST_FIELD)) {
      rows.add(row);
    }
  }

  private static List<String> leaf(String node, LeafDisk.Key key, LeafDisk disk) {
    return List.of(
        node,
        key.pool(),
        key.leaf(),
        disk.identity().map(DiskIdentity::serial).orElse(""),
        disk.identity().map(DiskIdentity::wwn).orElse(""),
        disk.identity().map(DiskIdentity::model).orElse(""),
        disk.device(),
        disk.model().orElse(""));
  }

  private static void addSmart(
      String node,
      DiskIdentity disk,
      Reading.Ok<SmartReport.Told> told,
      List<List<String>> smart,
      List<List<String>> attributes) {
    SmartReport.Told report = told.value();
    var row =
        new ArrayList<>(
            List.of(
                node,
                disk.serial(),
                disk.wwn(),
                disk.model(),
                told.readAt().toString(),
                report.protocol().name(),
                report.health().verdict().name(),
                report.health().exception().map(DiskSections::exception).orElse(ABSENT)));
    report.values().forEach((value, number) -> row.add(value.name() + "=" + number));
    add(row, smart);
    for (SmartAttribute attribute : report.attributes()) {
      add(
          List.of(
              node,
              disk.serial(),
              disk.wwn(),
              disk.model(),
              Integer.toString(attribute.id()),
              attribute.name(),
              attribute.flags(),
              Integer.toString(attribute.value()),
              Integer.toString(attribute.worst()),
              Integer.toString(attribute.threshold()),
              attribute.failing().name(),
              attribute.raw().map(BigInteger::toString).orElse(ABSENT)),
          attributes);
    }
  }

  private static String exception(SmartHealth.Sense sense) {
    return Integer.toHexString(sense.asc()) + " " + Integer.toHexString(sense.ascq());
  }

  /// Collects the rows of these sections.
  static final class Reader {
    private final Map<String, SortedMap<LeafDisk.Key, LeafDisk>> leaves = new TreeMap<>();
    private final Map<Key, Reading.Ok<SmartReport.Told>> smart = new LinkedHashMap<>();

    /// Reads a row of a section; passes over those of other sections.
    ///
    /// @throws RuntimeException if it is not one that [DiskSections#write] writes
    void read(String section, List<String> row) {
      switch (section) {
        case LEAVES -> readLeaf(row);
        case SMART -> readSmart(row);
        case ATTRIBUTES -> readAttribute(row);
        default -> {
          // Of pools, or of a later release, which can write it anew.
        }
      }
    }

    /// What was read, by node.
    SortedMap<String, RememberedDisks> disks() {
      var readings = new TreeMap<String, SortedMap<DiskIdentity, SmartReading>>();
      smart.forEach(
          (key, told) ->
              readings
                  .computeIfAbsent(key.node(), _ -> new TreeMap<>())
                  .put(key.disk(), SmartReading.remembered(told.value(), told.readAt())));
      var disks = new TreeMap<String, RememberedDisks>();
      Stream.concat(leaves.keySet().stream(), readings.keySet().stream())
          .distinct()
          .forEach(
              node ->
                  disks.put(
                      node,
                      new RememberedDisks(
                          leaves.getOrDefault(node, new TreeMap<>()),
                          readings.getOrDefault(node, new TreeMap<>()))));
      return disks;
    }

    private void readLeaf(List<String> row) {
      boolean identified = !row.get(3).isEmpty() || !row.get(4).isEmpty();
      leaves
          .computeIfAbsent(row.get(0), _ -> new TreeMap<>())
          .put(
              new LeafDisk.Key(row.get(1), row.get(2)),
              new LeafDisk(
                  identified ? Optional.of(identity(row, 3)) : Optional.empty(),
                  row.get(6),
                  Optional.of(row.get(7)).filter(model -> !model.isEmpty()),
                  Optional.empty()));
    }

    private void readSmart(List<String> row) {
      var values = new EnumMap<SmartValue, BigDecimal>(SmartValue.class);
      for (String value : row.subList(8, row.size())) {
        int equals = value.indexOf('=');
        name(SmartValue.values(), value.substring(0, equals))
            .ifPresent(known -> values.put(known, new BigDecimal(value.substring(equals + 1))));
      }
      var health =
          new SmartHealth(
              name(SmartHealth.Verdict.values(), row.get(6)).orElse(SmartHealth.Verdict.UNKNOWN),
              row.get(7).equals(ABSENT) ? Optional.empty() : Optional.of(exception(row.get(7))));
      smart.put(
          new Key(row.get(0), identity(row, 1)),
          new Reading.Ok<>(
              new SmartReport.Told(
                  name(SmartReport.Protocol.values(), row.get(5))
                      .orElse(SmartReport.Protocol.UNKNOWN),
                  health,
                  values,
                  List.of()),
              Instant.parse(row.get(4))));
    }

    private static SmartHealth.Sense exception(String text) {
      int blank = text.indexOf(' ');
      return new SmartHealth.Sense(
          Integer.parseInt(text.substring(0, blank), 16),
          Integer.parseInt(text.substring(blank + 1), 16));
    }

    private void readAttribute(List<String> row) {
      var attribute =
          new SmartAttribute(
              Integer.parseInt(row.get(4)),
              row.get(5),
              row.get(6),
              Integer.parseInt(row.get(7)),
              Integer.parseInt(row.get(8)),
              Integer.parseInt(row.get(9)),
              name(SmartAttribute.Failing.values(), row.get(10)).orElse(SmartAttribute.Failing.NO),
              row.get(11).equals(ABSENT)
                  ? Optional.empty()
                  : Optional.of(new BigInteger(row.get(11))));
      smart.computeIfPresent(
          new Key(row.get(0), identity(row, 1)),
          (_, told) -> new Reading.Ok<>(with(told.value(), attribute), told.readAt()));
    }

    private static SmartReport.Told with(SmartReport.Told report, SmartAttribute attribute) {
      var attributes = new ArrayList<>(report.attributes());
      attributes.add(attribute);
      return new SmartReport.Told(report.protocol(), report.health(), report.values(), attributes);
    }

    private static DiskIdentity identity(List<String> row, int from) {
      return new DiskIdentity(row.get(from), row.get(from + 1), row.get(from + 2));
    }

    private static <E extends Enum<E>> Optional<E> name(E[] values, String name) {
      return Stream.of(values).filter(value -> value.name().equals(name)).findFirst();
    }
  }
}
