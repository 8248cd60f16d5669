package io.github.proxmoxzfs.recording;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns moments in answers into such that move with the clock of whoever replays them, so that a
/// scrub that ran when it was recorded runs again: placeholders of `sim.Scenario`.
final class Dates {
  private static final Pattern CTIME =
      Pattern.compile(
          "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
              + " [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4}");

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

  private static final Set<String> SECONDS_SINCE_1970 =
      Set.of("last_sync", "last_try", "next_sync");

  private static final Set<String> OF_A_CLOCK = Set.of("time", "localtime");

  /// Earlier numbers are no dates: Proxmox puts 0 and 1 for none.
  private static final long EARLIEST = 1_000_000_000;

  private final Instant recordedAt;
  private final Map<String, ZoneId> zones = new HashMap<>();

  Dates(Instant recordedAt) {
    this.recordedAt = Instant.ofEpochSecond(recordedAt.getEpochSecond());
  }

  /// Notes a node's zone, without which its dates stay as they are.
  void zone(String node, ZoneId zone) {
    zones.put(node, zone);
  }

  ZoneId zone(String node) {
    return zones.getOrDefault(node, ZoneId.of("Etc/UTC"));
  }

  /// A text of a node with its dates replaced.
  String relative(String text, String path) {
    String[] parts = path.split("/", -1);
    ZoneId zone = parts.length > 2 ? zones.get(parts[2]) : null;
    if (zone == null) {
      return text;
    }
    return CTIME
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(placeholder(m.group(), zone)));
  }

  /// A date that would not be printed again as it was stays as it is.
  private String placeholder(String ctime, ZoneId zone) {
    try {
      Instant moment = LocalDateTime.parse(ctime, FORM).atZone(zone).toInstant();
      return FORM.format(moment.atZone(zone)).equals(ctime)
          ? "{{ctime " + Duration.between(recordedAt, moment) + "}}"
          : ctime;
    } catch (DateTimeException _) {
      return ctime;
    }
  }

  /// A number with its moment replaced, if it is one.
  String relative(String name, String number, String path) {
    boolean moment =
        SECONDS_SINCE_1970.contains(name) || (path.endsWith("/time") && OF_A_CLOCK.contains(name));
    if (!moment || !number.matches("\\d{10}") || Long.parseLong(number) < EARLIEST) {
      return number;
    }
    Duration shift = Duration.between(recordedAt, Instant.ofEpochSecond(Long.parseLong(number)));
    return "{{epoch " + shift + "}}";
  }
}
