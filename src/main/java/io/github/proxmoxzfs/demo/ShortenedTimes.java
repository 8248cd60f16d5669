package io.github.proxmoxzfs.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes of alerting rules, or of Alertmanager's configuration, one for a cluster whose time goes
/// on a minute in each second: each time is a sixtieth, and what `time()` gives goes on with the
/// cluster's clock, which showed the same as ours at the origin.
public final class ShortenedTimes {
  /// How many seconds of the cluster a second is.
  public static final int FACTOR = 60;

  private static final Pattern KEY =
      Pattern.compile(
          "\\b((?:for|keep_firing_for|interval|group_wait|group_interval|repeat_interval): |offset )"
              + "(\\d+)([smhd])\\b");
  private static final Pattern RANGE = Pattern.compile("(\\[)(\\d+)([smhd])(?=])");
  private static final Pattern FORECAST =
      Pattern.compile("(predict_linear\\([^,]*, )(\\d+) \\* 86400");
  private static final Map<String, Integer> SECONDS =
      Map.of("s", 1, "m", 60, "h", 3600, "d", 86_400);

  private ShortenedTimes() {}

  /// The text with its times shortened.
  ///
  /// @param yaml rules, or a configuration of Alertmanager
  /// @param origin when the cluster's clock showed the same as ours; full seconds count
  /// @throws IllegalArgumentException if a time is not a multiple of a minute
  public static String of(String yaml, Instant origin) {
    String shortened = yaml;
    for (Pattern pattern : List.of(KEY, RANGE)) {
      shortened = pattern.matcher(shortened).replaceAll(ShortenedTimes::shortened);
    }
    shortened =
        FORECAST
            .matcher(shortened)
            .replaceAll(match -> match.group(1) + match.group(2) + " * " + 86_400 / FACTOR);
    String clock =
        "(" + FACTOR + " * time() - " + (FACTOR - 1L) + " * " + origin.getEpochSecond() + ")";
    return shortened.replaceAll("\\btime\\(\\)", Matcher.quoteReplacement(clock));
  }

  private static String shortened(MatchResult time) {
    int seconds = Integer.parseInt(time.group(2)) * SECONDS.getOrDefault(time.group(3), 0);
    if (seconds % FACTOR != 0) {
      throw new IllegalArgumentException("not full minutes: " + time.group());
    }
    return Matcher.quoteReplacement(time.group(1) + seconds / FACTOR + "s");
  }
}
