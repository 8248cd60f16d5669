package io.github.proxmoxzfs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The series that docs/metrics.md promises of a pool, if the API told all that ZFS knows.
final class ExpectedSeries {
  private static final List<String> POOL_STATES =
      List.of(
          "online", "degraded", "faulted", "offline", "unavail", "removed", "suspended", "unknown");
  private static final Map<String, Double> VDEV_HEALTH =
      Map.of(
          "online",
          0.0,
          "avail",
          0.0,
          "inuse",
          0.0,
          "degraded",
          1.0,
          "faulted",
          2.0,
          "offline",
          3.0,
          "unavail",
          4.0,
          "removed",
          5.0);

  private final Truth truth;
  private final String pool;
  private final TreeMap<String, Double> series = new TreeMap<>();

  private ExpectedSeries(Truth truth, String pool) {
    this.truth = truth;
    this.pool = pool;
  }

  /// @param listRow the pool's row of `zpool list`
  /// @param readAt when the pool is read
  static Map<String, Double> of(Truth truth, List<String> listRow, double readAt) {
    var expected = new ExpectedSeries(truth, listRow.getFirst());
    expected.pool(listRow, readAt);
    expected.scans();
    truth.sections().forEach((section, vdevs) -> expected.vdevs(section, vdevs));
    return expected.series;
  }

  private void add(String name, double value, String... labelsAndValues) {
    var labels = new TreeSet<String>();
    labels.add("node=\"" + Recording.NODE + '"');
    labels.add("pool=\"" + pool + '"');
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      labels.add(labelsAndValues[i] + "=\"" + labelsAndValues[i + 1] + '"');
    }
    series.put("zfs_" + name + labels, value);
  }

  private void pool(List<String> row, double readAt) {
    add("pool_present", 1);
    add("pool_up", 1);
    add("pool_read_timestamp_seconds", readAt);
    add("pool_health", POOL_STATES.indexOf(truth.state()));
    for (String state : POOL_STATES) {
      add("pool_state", state.equals(truth.state()) ? 1 : 0, "state", state);
    }
    double size = Double.parseDouble(row.get(1));
    double allocated = Double.parseDouble(row.get(2));
    add("pool_size_bytes", size);
    add("pool_allocated_bytes", allocated);
    add("pool_free_bytes", Double.parseDouble(row.get(3)));
    add("pool_capacity_ratio", allocated / size);
    if (!row.get(4).equals("-")) {
      add("pool_fragmentation_ratio", Double.parseDouble(row.get(4)) / 100);
    }
    add("pool_deduplication_ratio", 1 / Double.parseDouble(row.get(5)));
    add("pool_data_errors", truth.dataErrors());
    truth.complaint().ifPresent(this::complaint);
    truth.checkpoint().forEach((name, value) -> add("pool_checkpoint_" + name, value));
    leavesAndSpares();
  }

  private void complaint(String text) {
    boolean rebuilding = truth.scans().stream().anyMatch(scan -> scan.is("rebuild", "in_progress"));
    String reason =
        Stream.of(
                "One or more devices is currently being resilvered="
                    + (rebuilding ? "rebuilding" : "resilvering"),
                "One or more devices has experienced an unrecoverable error=failing_dev",
                "One or more devices has been taken offline=offline_dev",
                "One or more devices has been removed=removed_dev",
                "One or more devices have been removed=removed_dev",
                "One or more devices are faulted in response to persistent errors. Sufficient=faulted_dev_r",
                "One or more devices are faulted in response to IO failures=io_failure_wait",
                "One or more devices could not be used because the label is missing or invalid.  Sufficient=corrupt_label_r",
                "One or more devices has experienced an error resulting in data corruption=corrupt_data",
                "One or more devices are configured to use a non-native block size=non_native_ashift",
                "Some supported and requested features are not enabled=feat_disabled",
                "The pool is formatted using a legacy on-disk format=version_older")
            .map(entry -> entry.split("=", 2))
            .filter(entry -> text.startsWith(entry[0]))
            .map(entry -> entry[1])
            .findFirst()
            .orElseThrow(() -> new AssertionError("a complaint not thought of: " + text));
    boolean cosmetic = reason.equals("feat_disabled") || reason.equals("version_older");
    add(
        "pool_reason",
        1,
        "reason",
        reason,
        "msgid",
        truth.messageId(),
        "cosmetic",
        String.valueOf(cosmetic));
  }

  private void leavesAndSpares() {
    var counts = new TreeMap<>(Map.of("online", 0));
    truth.leaves().forEach(leaf -> counts.merge(leaf.state(), 1, Integer::sum));
    counts.forEach((state, count) -> add("pool_leaves", count, "state", state));
    List<Truth.Vdev> spares = truth.sections().getOrDefault("spare", List.of());
    if (!spares.isEmpty()) {
      add("pool_spares_available", count(spares, "avail"));
      add("pool_spares_in_use", count(spares, "inuse"));
    }
  }

  private static double count(List<Truth.Vdev> spares, String state) {
    return (double) spares.stream().filter(spare -> spare.state().equals(state)).count();
  }

  private void scans() {
    for (Truth.Scan scan : truth.scans()) {
      add("pool_scan_state", 1, "function", scan.function(), "state", scan.state());
      scan.numbers()
          .forEach((name, value) -> add("pool_scan_" + name, value, "function", scan.function()));
      if (scan.is("scrub", "finished")) {
        add("pool_last_scrub_timestamp_seconds", number(scan, "end_timestamp_seconds"));
        add("pool_last_scrub_errors", number(scan, "errors"));
        add("pool_last_scrub_repaired_bytes", number(scan, "repaired_bytes"));
        add("pool_last_scrub_duration_seconds", number(scan, "duration_seconds"));
        add("pool_never_scrubbed", 0);
      }
    }
    if (truth.scans().isEmpty()) {
      add("pool_never_scrubbed", 1);
    }
    truth.removal().ifPresent(removal -> move("pool_removal_", removal));
    truth.expansion().ifPresent(expansion -> move("pool_expansion_", expansion));
  }

  private static double number(Truth.Scan scan, String name) {
    return scan.numbers().getOrDefault(name, Double.NaN);
  }

  private void move(String prefix, Truth.Move move) {
    add(prefix + "state", 1, "state", move.state());
    move.numbers().forEach((name, value) -> add(prefix + name, value));
  }

  private void vdevs(String section, List<Truth.Vdev> topLevel) {
    for (Truth.Vdev vdev : topLevel) {
      vdev(section, vdev, Optional.empty());
      if (!section.equals("cache") && !section.equals("spare")) {
        String[] labels = labels(section, vdev, Optional.empty());
        add("vdev_redundancy_configured", configured(vdev), labels);
        add("vdev_redundancy_remaining", Math.max(0, configured(vdev) - lost(vdev)), labels);
      }
    }
  }

  private void vdev(String section, Truth.Vdev vdev, Optional<String> parent) {
    String[] labels = labels(section, vdev, parent);
    Optional.ofNullable(VDEV_HEALTH.get(vdev.state()))
        .ifPresent(code -> add("vdev_health", code, labels));
    add("vdev_state", 1, with(labels, "state", vdev.state()));
    vdev.errors().forEach((name, value) -> add("vdev_" + name, value, labels));
    vdev.activities()
        .forEach(activity -> add("vdev_activity", 1, with(labels, "activity", activity)));
    vdev.fault().ifPresent(fault -> add("vdev_fault", 1, with(labels, "reason", fault)));
    if (vdev.leaf()) {
      add(
          "vdev_info",
          1,
          with(
              labels,
              "vdev_type",
              vdev.type(),
              "parent",
              parent.orElse(""),
              "guid",
              vdev.guid(),
              "device",
              "",
              "model",
              "",
              "serial",
              "",
              "wwn",
              "",
              "location",
              ""));
    }
    vdev.children().forEach(child -> vdev(section, child, Optional.of(name(vdev, parent))));
  }

  private String[] labels(String section, Truth.Vdev vdev, Optional<String> parent) {
    String level = vdev.leaf() ? "leaf" : parent.isEmpty() ? "top" : "inner";
    return new String[] {"class", section, "level", level, "vdev", name(vdev, parent)};
  }

  private static String[] with(String[] labels, String... more) {
    return Stream.concat(Stream.of(labels), Stream.of(more)).toArray(String[]::new);
  }

  /// A group's path; a vanished leaf's former one unless another leaf has it now.
  private String name(Truth.Vdev vdev, Optional<String> parent) {
    if (!vdev.leaf()) {
      return parent.map(above -> above + "/").orElse("") + vdev.name();
    }
    return vdev.formerPath()
        .filter(
            path ->
                truth.leaves().stream()
                    .noneMatch(
                        other ->
                            !other.guid().equals(vdev.guid())
                                && (other.name().equals(path)
                                    || other.formerPath().equals(Optional.of(path)))))
        .orElse(vdev.name());
  }

  private static int configured(Truth.Vdev vdev) {
    return vdev.type().equals("mirror")
        ? vdev.children().size() - 1
        : vdev.type().matches("raidz.|draid.")
            ? vdev.type().charAt(vdev.type().length() - 1) - '0'
            : 0;
  }

  private static int lost(Truth.Vdev vdev) {
    boolean fillsDistributedSpare =
        vdev.leaves()
            .anyMatch(leaf -> leaf.type().equals("distributed_spare") && isResilvered(leaf));
    return (int)
        vdev.children().stream().filter(child -> !isWhole(child, fillsDistributedSpare)).count();
  }

  private static boolean isWhole(Truth.Vdev vdev, boolean fillsDistributedSpare) {
    return switch (vdev.type()) {
      case "replacing" -> isWhole(vdev.children().getFirst(), fillsDistributedSpare);
      case "spare" ->
          vdev.children().stream().anyMatch(child -> isWhole(child, fillsDistributedSpare));
      default -> {
        boolean bystander = fillsDistributedSpare && !vdev.type().equals("distributed_spare");
        yield (vdev.state().equals("online") || vdev.state().equals("degraded"))
            && !vdev.activities().contains("awaiting_resilver")
            && (bystander || !isResilvered(vdev));
      }
    };
  }

  private static boolean isResilvered(Truth.Vdev leaf) {
    return leaf.activities().contains("resilvering");
  }
}
