package io.github.proxmoxzfs.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Prometheus writes them (its `model.ParseDuration`): numbers with units from the
/// largest to the smallest, `1h30m`; a year has 365 days.
final class Durations {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?"
              + "(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final List<Duration> UNITS =
      List.of(
          Duration.ofDays(365),
          Duration.ofDays(7),
          Duration.ofDays(1),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(1));

  private Durations() {}

  /// The duration that `text` means, if it means one.
  static Optional<Duration> parse(String text) {
    var matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (int unit = 0; unit < UNITS.size(); unit++) {
      String number = matcher.group(unit + 1);
      if (number != null) {
        sum = sum.plus(UNITS.get(unit).multipliedBy(Integer.parseInt(number)));
      }
    }
    return Optional.of(sum);
  }
}
