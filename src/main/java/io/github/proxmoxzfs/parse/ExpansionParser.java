package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Expansion;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads the field `expand` (`print_raidz_expand_status`, since 2.3).
final class ExpansionParser {
  private ExpansionParser() {}

  static Expansion parse(String text) {
    var cursor = new Cursor(text);
    Expansion expansion = expansion(cursor);
    return cursor.fits() ? expansion : new Expansion.Unknown(text);
  }

  private static Expansion expansion(Cursor cursor) {
    if (cursor.skip("expanded ")) {
      return finished(cursor);
    }
    cursor.expect("expansion of ");
    return inProgress(cursor);
  }

  private static Expansion finished(Cursor cursor) {
    String vdev = cursor.until(" copied ");
    OptionalLong copied = Numbers.size(cursor);
    cursor.expect(" in ");
    Optional<Duration> duration = Durations.duration(cursor);
    cursor.expect(", on ");
    return new Expansion.Finished(vdev, copied, duration, Dates.date(cursor));
  }

  private static Expansion inProgress(Cursor cursor) {
    String vdev = cursor.until(" in progress since ");
    LocalDateTime started = Dates.date(cursor);
    cursor.blanks();
    OptionalLong copied = Numbers.size(cursor);
    cursor.expect(" / ");
    OptionalLong total = Numbers.size(cursor);
    cursor.expect(" copied");
    OptionalLong rate = cursor.skip(" at ") ? Numbers.rate(cursor) : OptionalLong.empty();
    cursor.expect(", ");
    OptionalDouble progress = Numbers.percentage(cursor);
    cursor.expect(" done, ");
    boolean paused = cursor.skip("paused for resilver or clear");
    Optional<Duration> remaining =
        paused || cursor.skip("(copy is slow, no estimated time)")
            ? Optional.empty()
            : remaining(cursor);
    return new Expansion.InProgress(
        vdev, started, copied, total, rate, progress, remaining, paused);
  }

  private static Optional<Duration> remaining(Cursor cursor) {
    Optional<Duration> left = Durations.duration(cursor);
    cursor.expect(" to go");
    return left;
  }
}
