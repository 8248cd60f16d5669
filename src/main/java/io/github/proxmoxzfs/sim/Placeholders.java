package io.github.proxmoxzfs.sim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates in recorded answers that move with the simulator's clock: see [Scenario].
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{(ctime|epoch|localtime)(?: (\\S+?))?\\}\\}");

  /// `Sun Nov 1 09:53:21 2026`: C's ctime pads the day with a blank.
  private static final DateTimeFormatter CTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT);

  private Placeholders() {}

  /// @param began when the simulator was started: a scan began once, not anew with each question
  static byte[] filled(byte[] body, Instant began, Instant now, ZoneId zone) {
    var text = new String(body, StandardCharsets.UTF_8);
    if (!text.contains("{{")) {
      return body;
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, began, now, zone)))
        .getBytes(StandardCharsets.UTF_8);
  }

  static String ctime(Instant moment, ZoneId zone) {
    return CTIME.format(moment.atZone(zone));
  }

  /// Seconds since 1970 plus the zone's offset: what Proxmox calls `localtime`.
  static long localtime(Instant moment, ZoneId zone) {
    return moment.getEpochSecond() + zone.getRules().getOffset(moment).getTotalSeconds();
  }

  private static String value(MatchResult match, Instant began, Instant now, ZoneId zone) {
    var shift = Optional.ofNullable(match.group(2)).map(Duration::parse).orElse(Duration.ZERO);
    return switch (match.group(1)) {
      case "ctime" -> ctime(began.plus(shift), zone);
      case "epoch" -> String.valueOf(now.plus(shift).getEpochSecond());
      default -> String.valueOf(localtime(now.plus(shift), zone));
    };
  }
}
