package io.github.proxmoxzfs.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes of alerting rules, or of Alertmanager's configuration, one for a cluster whose time goes
/// faster than ours, a minute in each second at most: each time is a fraction, and what `time()`
/// gives goes on with the cluster's clock, which showed the same as ours at the origin.
public final class ShortenedTimes {
  /// How many seconds of the cluster a second is in the demo.
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

  /// The same with the demo's factor.
  static String of(String yaml, Instant origin) {
    return of(yaml, origin, FACTOR);
  }

  /// The text with its times shortened.
  ///
  /// @param yaml rules, or a configuration of Alertmanager
  /// @param origin when the cluster's clock showed the same as ours; full seconds count
  /// @param factor how many seconds of the cluster a second is
  /// @throws IllegalArgumentException if a time would not be full seconds
  public static String of(String yaml, Instant origin, int factor) {
    String shortened = yaml;
    for (Pattern pattern : List.of(KEY, RANGE)) {
      shortened = pattern.matcher(shortened).replaceAll(time -> shortened(time, factor));
    }
    shortened =
        FORECAST
            .matcher(shortened)
            .replaceAll(match -> match.group(1) + match.group(2) + " * " + 86_400 / factor);
    String clock =
        "(" + factor + " * time() - " + (factor - 1L) + " * " + origin.getEpochSecond() + ")";
    return shortened.replaceAll("\\btime\\(\\)", Matcher.quoteReplacement(clock));
  }

  private static String shortened(MatchResult time, int factor) {
    int seconds = Integer.parseInt(time.group(2)) * SECONDS.getOrDefault(time.group(3), 0);
    if (seconds % factor != 0) {
      throw new IllegalArgumentException("not full seconds at " + factor + ": " + time.group());
    }
    return Matcher.quoteReplacement(time.group(1) + seconds / factor + "s");
  }
}
