package io.github.proxmoxzfs.parse;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// The durations that `zpool` prints, in three forms: `26h3m` (scans until 0.7; removals in all
/// releases), `1 days 02:03:04` (0.8 always with the days; since 2.0 from one day on) and
/// `02:03:04` (since 2.0).
final class Durations {
  /// ZFS prints the 64 bits of a negative difference after a clock was set back: `213503982334601
  /// days 06:00:28`. A scan of a hundred years is none either.
  private static final long LONGEST_SECONDS = 36_525L * 24 * 60 * 60;

  private Durations() {}

  /// Reads a duration of any form; absent if it is nonsense.
  static Optional<Duration> duration(Cursor cursor) {
    OptionalLong first = Numbers.count(cursor);
    if (cursor.skip("h")) {
      OptionalLong minutes = Numbers.count(cursor);
      cursor.expect("m");
      return sum(0, first, minutes, OptionalLong.of(0));
    }
    if (cursor.skip(" days ")) {
      OptionalLong hours = Numbers.count(cursor);
      return withinDay(cursor, first, hours);
    }
    return withinDay(cursor, OptionalLong.of(0), first);
  }

  private static Optional<Duration> withinDay(
      Cursor cursor, OptionalLong days, OptionalLong hours) {
    cursor.expect(":");
    OptionalLong minutes = Numbers.count(cursor);
    cursor.expect(":");
    OptionalLong seconds = Numbers.count(cursor);
    return days.isEmpty() ? Optional.empty() : sum(days.getAsLong(), hours, minutes, seconds);
  }

  private static Optional<Duration> sum(
      long days, OptionalLong hours, OptionalLong minutes, OptionalLong seconds) {
    if (hours.isEmpty() || minutes.isEmpty() || seconds.isEmpty()) {
      return Optional.empty();
    }
    double total =
        86_400.0 * days
            + 3_600.0 * hours.getAsLong()
            + 60.0 * minutes.getAsLong()
            + seconds.getAsLong();
    return total > LONGEST_SECONDS
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) total));
  }
}
