package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Scan.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Reads the lines that follow the first one of a scan under way: how far it is. The first of them
/// has changed its form twice, in 0.8 and in 2.2:
///
/// | release | form |
/// |---|---|
/// | 0.6, 0.7 | `1.95T scanned out of 10T at 569M/s, 4h7m to go` |
/// | 0.8 to 2.1 | `1.95T scanned at 569M/s, 1000G issued at 284M/s, 10T total` |
/// | since 2.2 | `1.95T / 10T scanned at 569M/s, 1000G / 10T issued at 284M/s` |
final class ScanProgress {
  private ScanProgress() {}

  /// What the first line tells.
  private record Amounts(
      OptionalLong scanned,
      OptionalLong issued,
      OptionalLong total,
      OptionalLong scanRate,
      OptionalLong issueRate,
      Optional<Duration> remaining) {}

  static Progress ofScan(Cursor cursor) {
    Amounts amounts = amounts(cursor);
    cursor.blanks();
    OptionalLong processed = Numbers.size(cursor);
    if (!cursor.skip(" repaired, ")) {
      cursor.expect(" resilvered, ");
    }
    OptionalDouble progress = Numbers.percentage(cursor);
    cursor.expect(" done");
    return new Progress(
        amounts.scanned,
        amounts.issued,
        amounts.total,
        amounts.scanRate,
        amounts.issueRate,
        processed,
        progress,
        amounts.remaining.or(() -> remaining(cursor)),
        OptionalLong.empty());
  }

  static Progress ofErrorScrub(Cursor cursor) {
    OptionalDouble progress = Numbers.percentage(cursor);
    cursor.expect(" done, issued I/O for ");
    OptionalLong blocks = Numbers.count(cursor);
    cursor.expect(" error blocks");
    OptionalLong none = OptionalLong.empty();
    return new Progress(none, none, none, none, none, none, progress, Optional.empty(), blocks);
  }

  private static Amounts amounts(Cursor cursor) {
    OptionalLong scanned = Numbers.size(cursor);
    if (cursor.skip(" / ")) {
      OptionalLong total = Numbers.size(cursor);
      cursor.expect(" scanned");
      return since22(cursor, scanned, total);
    }
    cursor.expect(" scanned");
    return cursor.skip(" out of ") ? until07(cursor, scanned) : from08To21(cursor, scanned);
  }

  private static Amounts until07(Cursor cursor, OptionalLong scanned) {
    OptionalLong total = Numbers.size(cursor);
    OptionalLong rate = rate(cursor);
    return new Amounts(
        scanned, OptionalLong.empty(), total, rate, OptionalLong.empty(), remaining(cursor));
  }

  private static Amounts from08To21(Cursor cursor, OptionalLong scanned) {
    OptionalLong scanRate = rate(cursor);
    cursor.expect(", ");
    OptionalLong issued = Numbers.size(cursor);
    cursor.expect(" issued");
    OptionalLong issueRate = rate(cursor);
    if (issueRate.isEmpty() && cursor.skip(" ")) {
      issueRate = Numbers.rate(cursor); // a rebuild of 2.0 and 2.1 lacks the word "at"
    }
    cursor.expect(", ");
    OptionalLong total = Numbers.size(cursor);
    cursor.expect(" total");
    return new Amounts(scanned, issued, total, scanRate, issueRate, Optional.empty());
  }

  private static Amounts since22(Cursor cursor, OptionalLong scanned, OptionalLong total) {
    OptionalLong scanRate = rate(cursor);
    cursor.expect(", ");
    OptionalLong issued = Numbers.size(cursor);
    cursor.expect(" / ");
    Numbers.size(cursor); // the total less what is skipped; the percentage is of it
    cursor.expect(" issued");
    return new Amounts(scanned, issued, total, scanRate, rate(cursor), Optional.empty());
  }

  private static OptionalLong rate(Cursor cursor) {
    return cursor.skip(" at ") ? Numbers.rate(cursor) : OptionalLong.empty();
  }

  /// The time left: until 0.7 at the end of the first line, later of the second. A paused scan has
  /// none, and where ZFS gives no estimate it says so.
  private static Optional<Duration> remaining(Cursor cursor) {
    if (cursor.skip(", (scan is slow, no estimated time)")
        || cursor.skip(", no estimated completion time")
        || !cursor.skip(", ")) {
      return Optional.empty();
    }
    Optional<Duration> left = Durations.duration(cursor);
    cursor.expect(" to go");
    return left;
  }
}
