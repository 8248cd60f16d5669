package io.github.proxmoxzfs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what `zpool status -P` of ZFS 2.1 prints, as far as the recorded states need it: the head
/// of the text as the API saw it, and the table of `zpool status -P -p`, which has the counters in
/// full. Whatever it does not know fails the test.
final class TruthFromText {
  private static final Pattern FIELD = Pattern.compile("(?m)^ *(\\w+): (.*(?:\n\t.*)*)");
  private static final Pattern ENDED =
      Pattern.compile(
          "(scrub repaired|resilvered) (\\S+) in (\\d\\d):(\\d\\d):(\\d\\d) with (\\d+) errors on (.+)");
  private static final Pattern RUNNING =
      Pattern.compile(
          """
          (scrub|resilver)( \\(\\S+\\))? in progress since (.+)
          \t(\\S+) scanned at (\\S+)/s, (\\S+) issued(?: at)? (\\S+)/s, (\\S+) total
          \t(\\S+) (?:repaired|resilvered), (\\S+)% done, no estimated completion time""");
  private static final Pattern PAUSED =
      Pattern.compile(
          """
          scrub paused since (.+)
          \tscrub started on (.+)
          \t(\\S+) scanned, (\\S+) issued, (\\S+) total
          \t(\\S+) repaired, (\\S+)% done""");
  private static final Pattern EVACUATION =
      Pattern.compile(
          """
          Evacuation of \\S+ in progress since .+
          \t(\\S+) copied out of \\S+ at \\S+/s, (\\S+)% done, (\\d+)h(\\d+)m to go""");
  private static final Pattern ROW =
      Pattern.compile(
          "\t( *)(\\S+)(?:\\s+([A-Z]+)(?:\\s+(\\d+)\\s+(\\d+)\\s+(\\d+))?(?:\\s+(.*))?)?\\s*");
  private static final Map<String, String> SECTIONS =
      Map.of("logs", "log", "cache", "cache", "spares", "spare");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

  private final ZoneId zone;
  private final List<Truth.Scan> scans = new ArrayList<>();
  private final Map<String, String> fields = new HashMap<>();
  private Optional<Truth.Move> removal = Optional.empty();

  private TruthFromText(ZoneId zone) {
    this.zone = zone;
  }

  static Truth read(String status, String exact, ZoneId zone) {
    return new TruthFromText(zone).read(status, exact);
  }

  private Truth read(String status, String exact) {
    FIELD
        .matcher(status)
        .results()
        .forEach(
            field -> {
              switch (field.group(1)) {
                case "scan" -> scans.add(scan(field.group(2)));
                case "remove" -> removal = Optional.of(removal(field.group(2)));
                default -> fields.put(field.group(1), field.group(2).replace("\n\t", " "));
              }
            });
    String errors = fields.getOrDefault("errors", "");
    String see = fields.getOrDefault("see", "");
    return new Truth(
        fields.getOrDefault("state", "").toLowerCase(Locale.ROOT),
        errors.equals("No known data errors")
            ? 0
            : Double.parseDouble(errors.substring(0, errors.indexOf(' '))),
        Optional.ofNullable(fields.get("status")),
        see.substring(see.lastIndexOf('/') + 1),
        scans,
        removal,
        Optional.empty(),
        Map.of(),
        sections(exact));
  }

  private Truth.Scan scan(String text) {
    var numbers = new HashMap<String, Double>();
    Matcher ended = ENDED.matcher(text);
    Matcher running = RUNNING.matcher(text);
    Matcher paused = PAUSED.matcher(text);
    if (ended.matches()) {
      double seconds =
          Integer.parseInt(ended.group(3)) * 3600
              + Integer.parseInt(ended.group(4)) * 60
              + Integer.parseInt(ended.group(5));
      numbers.put("end_timestamp_seconds", time(ended.group(7)));
      numbers.put("start_timestamp_seconds", time(ended.group(7)) - seconds);
      numbers.put("duration_seconds", seconds);
      numbers.put("repaired_bytes", bytes(ended.group(2)));
      numbers.put("errors", Double.parseDouble(ended.group(6)));
      return new Truth.Scan(
          ended.group(1).startsWith("scrub") ? "scrub" : "resilver", "finished", numbers);
    }
    if (running.matches()) {
      numbers.put("start_timestamp_seconds", time(running.group(3)));
      numbers.put("scanned_bytes", bytes(running.group(4)));
      numbers.put("scan_bytes_per_second", bytes(running.group(5)));
      numbers.put("issued_bytes", bytes(running.group(6)));
      numbers.put("issue_bytes_per_second", bytes(running.group(7)));
      numbers.put("total_bytes", bytes(running.group(8)));
      numbers.put("repaired_bytes", bytes(running.group(9)));
      numbers.put("progress_ratio", percent(running.group(10)));
      return new Truth.Scan(
          running.group(2) == null ? running.group(1) : "rebuild", "in_progress", numbers);
    }
    if (paused.matches()) {
      numbers.put("paused_timestamp_seconds", time(paused.group(1)));
      numbers.put("start_timestamp_seconds", time(paused.group(2)));
      numbers.put("scanned_bytes", bytes(paused.group(3)));
      numbers.put("issued_bytes", bytes(paused.group(4)));
      numbers.put("total_bytes", bytes(paused.group(5)));
      numbers.put("repaired_bytes", bytes(paused.group(6)));
      numbers.put("progress_ratio", percent(paused.group(7)));
      return new Truth.Scan("scrub", "paused", numbers);
    }
    throw new AssertionError("a scan not thought of: " + text);
  }

  private static Truth.Move removal(String text) {
    Matcher running = EVACUATION.matcher(text);
    if (!running.matches()) {
      throw new AssertionError("a removal not thought of: " + text);
    }
    double minutes = Integer.parseInt(running.group(3)) * 60 + Integer.parseInt(running.group(4));
    return new Truth.Move(
        "in_progress",
        Map.of(
            "copied_bytes",
            bytes(running.group(1)),
            "progress_ratio",
            percent(running.group(2)),
            "remaining_seconds",
            minutes * 60));
  }

  /// A row and those below it.
  private record Row(int indent, Matcher cells, List<Row> children) {
    String name() {
      return cells.group(2);
    }

    Truth.Vdev vdev() {
      var errors = new HashMap<String, Double>();
      if (cells.group(4) != null) {
        errors.put("read_errors", Double.parseDouble(cells.group(4)));
        errors.put("write_errors", Double.parseDouble(cells.group(5)));
        errors.put("checksum_errors", Double.parseDouble(cells.group(6)));
      }
      String note = cells.group(7) == null ? "" : cells.group(7);
      boolean activity = note.startsWith("(");
      return new Truth.Vdev(
          name(),
          Truth.typeOf(name()),
          cells.group(3).toLowerCase(Locale.ROOT),
          Optional.empty(),
          "",
          errors,
          activity ? Set.of(note.substring(1, note.length() - 1)) : Set.of(),
          Optional.of(note.replace(' ', '_'))
              .filter(fault -> !activity && !fault.isEmpty() && !fault.equals("currently_in_use")),
          children.stream().map(Row::vdev).toList());
    }
  }

  private static Map<String, List<Truth.Vdev>> sections(String exact) {
    var top = new Row(-1, ROW.matcher(""), new ArrayList<>());
    var open = new ArrayDeque<>(List.of(top));
    String table = exact.substring(exact.indexOf("\tNAME "), exact.indexOf("\nerrors:"));
    for (String line : table.lines().skip(1).filter(line -> !line.isBlank()).toList()) {
      Matcher cells = ROW.matcher(line);
      if (!cells.matches()) {
        throw new AssertionError("a row not thought of: " + line);
      }
      var row = new Row(cells.group(1).length(), cells, new ArrayList<>());
      while (open.getLast().indent() >= row.indent()) {
        open.removeLast();
      }
      open.getLast().children().add(row);
      open.addLast(row);
    }
    var sections = new HashMap<String, List<Truth.Vdev>>();
    for (Row section : top.children()) {
      boolean pool = section.cells().group(3) != null;
      sections.put(
          pool ? "data" : SECTIONS.getOrDefault(section.name(), section.name()),
          section.children().stream().map(Row::vdev).toList());
    }
    return sections;
  }

  private double time(String date) {
    return LocalDateTime.parse(date.replace("  ", " "), DATE).atZone(zone).toEpochSecond();
  }

  private static double percent(String text) {
    return new BigDecimal(text).movePointLeft(2).doubleValue();
  }

  /// `8.27M` in bytes, rounded.
  private static double bytes(String size) {
    int power = "BKMGTPE".indexOf(size.charAt(size.length() - 1));
    return new BigDecimal(size.substring(0, size.length() - 1))
        .multiply(BigDecimal.valueOf(1L << (10 * power)))
        .setScale(0, RoundingMode.HALF_UP)
        .doubleValue();
  }
}
