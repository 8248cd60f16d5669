package io.github.proxmoxzfs;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.avaje.json.mapper.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `zpool status -j --json-int -P -p` (since ZFS 2.3).
///
/// What the JSON does not hold but the text shows, rates and times left, is reckoned as
/// `print_scan_scrub_resilver_status` and its likes do (`cmd/zpool/zpool_main.c` of 2.3).
final class TruthFromJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final long LEAST_RATE_FOR_AN_ESTIMATE = 10 << 20;
  private static final Map<String, String> SECTIONS =
      Map.of(
          "logs", "log", "l2cache", "cache", "spares", "spare", "special", "special", "dedup",
          "dedup");

  private final Node pool;
  private final long now;

  private TruthFromJson(Node pool, Instant now) {
    this.pool = pool;
    this.now = now.getEpochSecond();
  }

  /// An object; what is not there is an empty one, 0 or an empty text.
  private record Node(Map<String, @Nullable Object> members) {
    @SuppressWarnings("unchecked")
    static Node of(@Nullable Object value) {
      return new Node(
          value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    Node at(String name) {
      return of(members.get(name));
    }

    List<Node> children(String name) {
      return at(name).members.values().stream().map(Node::of).toList();
    }

    double number(String name) {
      return members.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    String text(String name) {
      return requireNonNullElse(members.get(name), "").toString();
    }
  }

  /// @param now when `zpool status` ran, or a little later
  static Truth read(String json, String poolName, Instant now) {
    // GUIDs are above the range of long.
    String quoted = json.replaceAll("\"guid\":(\\d+)", "\"guid\":\"$1\"");
    Node pool = Node.of(MAPPER.fromJson(quoted)).at("pools").at(poolName);
    return new TruthFromJson(pool, now).read();
  }

  private Truth read() {
    requireNonNull(pool.members.get("state"), "the pool is not in its JSON");
    return new Truth(
        lower(pool.text("state")),
        pool.number("error_count"),
        Optional.of(pool.text("status").strip().replace("\n\t", " "))
            .filter(text -> !text.isEmpty()),
        pool.text("msgid"),
        scans(),
        pool.has("removal_stats") ? Optional.of(removal()) : Optional.empty(),
        pool.has("raidz_expand_stats") ? Optional.of(expansion()) : Optional.empty(),
        pool.has("checkpoint_stats") ? checkpoint() : Map.of(),
        sections());
  }

  private List<Truth.Scan> scans() {
    var scans = new ArrayList<Truth.Scan>();
    Node stats = pool.at("scan_stats");
    if (stats.has("function")) {
      scans.add(scan(stats));
    }
    stats.children("rebuild_stats").forEach(vdev -> scans.add(rebuild(vdev)));
    if (stats.number("err_scrub_start_time") > 0) {
      scans.add(errorScrub(stats));
    }
    return scans;
  }

  private Truth.Scan scan(Node stats) {
    String function = lower(stats.text("function"));
    var numbers = new HashMap<String, Double>();
    numbers.put("start_timestamp_seconds", stats.number("start_time"));
    return switch (stats.text("state")) {
      case "FINISHED" -> {
        ended(stats.number("start_time"), stats.number("end_time"), numbers);
        numbers.put("repaired_bytes", stats.number("processed"));
        numbers.put("errors", stats.number("errors"));
        yield new Truth.Scan(function, "finished", numbers);
      }
      case "CANCELED" -> {
        numbers.put("end_timestamp_seconds", stats.number("end_time"));
        yield new Truth.Scan(function, "canceled", numbers);
      }
      default -> {
        double total = stats.number("to_examine") - stats.number("skipped");
        amounts(stats.number("examined"), stats.number("issued"), total, numbers);
        numbers.put("total_bytes", stats.number("to_examine"));
        numbers.put("repaired_bytes", stats.number("processed"));
        if (stats.number("scrub_pause") > 0) {
          numbers.put("paused_timestamp_seconds", stats.number("scrub_pause"));
          yield new Truth.Scan(function, "paused", numbers);
        }
        double elapsed =
            Math.max(1, now - stats.number("pass_start") - stats.number("scrub_spent_paused"));
        boolean begun = stats.number(function.equals("resilver") ? "processed" : "issued") > 0;
        rates(
            stats.number("bytes_per_scan") / elapsed,
            stats.number("issued_bytes_per_scan") / elapsed,
            begun ? total - stats.number("issued") : -1,
            numbers);
        yield new Truth.Scan(function, "in_progress", numbers);
      }
    };
  }

  private static Truth.Scan rebuild(Node vdev) {
    var numbers = new HashMap<String, Double>();
    numbers.put("start_timestamp_seconds", vdev.number("start_time"));
    numbers.put("repaired_bytes", vdev.number("rebuilt"));
    if (vdev.text("state").equals("COMPLETE")) {
      numbers.put("end_timestamp_seconds", vdev.number("end_time"));
      numbers.put("duration_seconds", Math.floor(vdev.number("scan_time") / 1e9));
      numbers.put("errors", vdev.number("errors"));
      return new Truth.Scan("rebuild", "finished", numbers);
    }
    double total = vdev.number("to_scan");
    amounts(vdev.number("scanned"), vdev.number("issued"), total, numbers);
    numbers.merge("progress_ratio", 1.0, Math::min);
    double elapsed = Math.max(1, Math.floor(vdev.number("pass_time") / 1e9));
    rates(
        vdev.number("pass_scanned") / elapsed,
        vdev.number("pass_issued") / elapsed,
        total - vdev.number("issued"),
        numbers);
    return new Truth.Scan("rebuild", "in_progress", numbers);
  }

  private static Truth.Scan errorScrub(Node stats) {
    var numbers = new HashMap<String, Double>();
    numbers.put("start_timestamp_seconds", stats.number("err_scrub_start_time"));
    if (stats.text("err_scrub_state").equals("FINISHED")) {
      ended(stats.number("err_scrub_start_time"), stats.number("err_scrub_end_time"), numbers);
      return new Truth.Scan("error_scrub", "finished", numbers);
    }
    double done = stats.number("err_scrub_examined");
    numbers.put("progress_ratio", done / (done + stats.number("err_scrub_to_examine")));
    if (stats.number("err_scrub_pause") > 0) {
      numbers.put("paused_timestamp_seconds", stats.number("err_scrub_pause"));
      return new Truth.Scan("error_scrub", "paused", numbers);
    }
    return new Truth.Scan("error_scrub", "in_progress", numbers);
  }

  private static void ended(double start, double end, Map<String, Double> numbers) {
    numbers.put("end_timestamp_seconds", end);
    numbers.put("duration_seconds", end - start);
  }

  private static void amounts(
      double scanned, double issued, double total, Map<String, Double> numbers) {
    numbers.put("scanned_bytes", scanned);
    numbers.put("issued_bytes", issued);
    numbers.put("total_bytes", total);
    numbers.put("progress_ratio", issued / total);
  }

  /// @param left bytes still to be issued; negative where no estimate is given
  private static void rates(
      double scanRate, double issueRate, double left, Map<String, Double> numbers) {
    if (scanRate >= 1) {
      numbers.put("scan_bytes_per_second", scanRate);
    }
    if (issueRate >= 1) {
      numbers.put("issue_bytes_per_second", issueRate);
    }
    if (left >= 0 && issueRate >= LEAST_RATE_FOR_AN_ESTIMATE) {
      numbers.put("remaining_seconds", Math.floor(left / issueRate));
    }
  }

  private Truth.Move removal() {
    Node stats = pool.at("removal_stats");
    return switch (stats.text("state")) {
      case "FINISHED" ->
          new Truth.Move(
              "finished",
              Map.of(
                  "copied_bytes",
                  stats.number("copied"),
                  "end_timestamp_seconds",
                  stats.number("end_time")));
      case "CANCELED" ->
          new Truth.Move("canceled", Map.of("end_timestamp_seconds", stats.number("end_time")));
      default -> new Truth.Move("in_progress", moving(stats, stats.number("copied"), "to_copy"));
    };
  }

  private Truth.Move expansion() {
    Node stats = pool.at("raidz_expand_stats");
    double done = stats.number("reflowed");
    return stats.text("state").equals("FINISHED")
        ? new Truth.Move(
            "finished",
            Map.of("copied_bytes", done, "end_timestamp_seconds", stats.number("end_time")))
        : new Truth.Move(
            stats.number("waiting_for_resilver") > 0 ? "paused" : "in_progress",
            moving(stats, done, "to_reflow"));
  }

  private Map<String, Double> moving(Node stats, double done, String totalName) {
    double total = stats.number(totalName);
    double rate = done / Math.max(1, now - stats.number("start_time"));
    return Map.of(
        "copied_bytes",
        done,
        "progress_ratio",
        done / total,
        "remaining_seconds",
        Math.floor((total - done) / rate));
  }

  private Map<String, Double> checkpoint() {
    Node stats = pool.at("checkpoint_stats");
    return Map.of(
        "created_timestamp_seconds", stats.number("start_time"), "bytes", stats.number("space"));
  }

  private Map<String, List<Truth.Vdev>> sections() {
    var sections = new LinkedHashMap<String, List<Truth.Vdev>>();
    Node root = pool.children("vdevs").getFirst();
    sections.put("data", root.children("vdevs").stream().map(this::vdev).toList());
    SECTIONS.forEach(
        (name, label) ->
            sections.put(label, pool.children(name).stream().map(this::vdev).toList()));
    return sections;
  }

  private Truth.Vdev vdev(Node vdev) {
    String name = vdev.text("name");
    var errors = new HashMap<String, Double>();
    for (String counter : List.of("read_errors", "write_errors", "checksum_errors")) {
      if (vdev.has(counter)) {
        errors.put(counter, vdev.number(counter));
      }
    }
    boolean vanished = vdev.number("not_present") == 1;
    // zpool_state_to_name makes this word of it.
    String state = vdev.text("state").equals("CANT_OPEN") ? "UNAVAIL" : vdev.text("state");
    return new Truth.Vdev(
        name,
        vanished ? "disk" : Truth.typeOf(name),
        lower(state),
        vanished ? Optional.of(vdev.text("was")) : Optional.empty(),
        vdev.text("guid"),
        errors,
        activities(vdev),
        vanished ? Optional.of("not_present") : fault(vdev.text("aux")),
        vdev.children("vdevs").stream().map(this::vdev).toList());
  }

  private Set<String> activities(Node vdev) {
    var activities = new HashSet<String>();
    Node stats = pool.at("scan_stats");
    if (stats.text("state").equals("SCANNING")
        && vdev.number("scan_processed") > 0
        && vdev.children("vdevs").isEmpty()
        && vdev.text("state").equals("ONLINE")) {
      activities.add(stats.text("function").equals("RESILVER") ? "resilvering" : "repairing");
    }
    if (vdev.number("resilver_deferred") == 1) {
      activities.add("awaiting_resilver");
    }
    if (vdev.number("removing") == 1) {
      activities.add("removing");
    }
    if (vdev.number("noalloc") == 1) {
      activities.add("non_allocating");
    }
    return activities;
  }

  private static Optional<String> fault(String aux) {
    return switch (aux) {
      case "", "SPARED" -> Optional.empty();
      case "EXTERNAL" -> Optional.of("external_device_fault");
      case "ERR_EXCEEDED" -> Optional.of("too_many_errors");
      default -> throw new AssertionError("a fault not thought of: " + aux);
    };
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
