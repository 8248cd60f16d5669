package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Removal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads the field `remove` (`print_removal_status`, since 0.8).
final class RemovalParser {
  private static final String MAPPINGS = " memory used for removed device mappings";

  private RemovalParser() {}

  static Removal parse(String text) {
    var cursor = new Cursor(text);
    Removal removal = removal(cursor);
    return cursor.fits() ? removal : new Removal.Unknown(text);
  }

  private static Removal removal(Cursor cursor) {
    if (cursor.skip("Removal of vdev ")) {
      return finished(cursor);
    }
    if (cursor.skip("Removal of ")) {
      var canceled = new Removal.Canceled(cursor.until(" canceled on "), Dates.date(cursor));
      mappingBytes(cursor);
      return canceled;
    }
    cursor.expect("Evacuation of ");
    return inProgress(cursor);
  }

  private static Removal finished(Cursor cursor) {
    OptionalLong vdevNumber = Numbers.count(cursor);
    cursor.expect(" copied ");
    OptionalLong copied = Numbers.size(cursor);
    cursor.expect(" in ");
    Optional<Duration> duration = Durations.duration(cursor);
    cursor.expect(", completed on ");
    LocalDateTime ended = Dates.date(cursor);
    return new Removal.Finished(vdevNumber, copied, duration, ended, mappingBytes(cursor));
  }

  private static Removal inProgress(Cursor cursor) {
    String vdev = cursor.until(" in progress since ");
    LocalDateTime started = Dates.date(cursor);
    cursor.blanks();
    OptionalLong copied = Numbers.size(cursor);
    cursor.expect(" copied out of ");
    OptionalLong total = Numbers.size(cursor);
    cursor.expect(" at ");
    OptionalLong rate = Numbers.rate(cursor);
    cursor.expect(", ");
    OptionalDouble progress = Numbers.percentage(cursor);
    cursor.expect(" done, ");
    Optional<Duration> remaining = remaining(cursor);
    mappingBytes(cursor);
    return new Removal.InProgress(vdev, started, copied, total, rate, progress, remaining);
  }

  private static Optional<Duration> remaining(Cursor cursor) {
    if (cursor.skip("(copy is slow, no estimated time)")) {
      return Optional.empty();
    }
    Optional<Duration> left = Durations.duration(cursor);
    cursor.expect(" to go");
    return left;
  }

  /// The last line, which stays for the life of the pool, and also below a later removal.
  private static OptionalLong mappingBytes(Cursor cursor) {
    if (!cursor.skip(" ")) {
      return OptionalLong.empty();
    }
    cursor.skipBlanks();
    OptionalLong bytes = Numbers.size(cursor);
    cursor.expect(MAPPINGS);
    return bytes;
  }
}
