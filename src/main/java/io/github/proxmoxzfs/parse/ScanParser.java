package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Scan.Function;
import io.github.proxmoxzfs.domain.Scan.Progress;
import io.github.proxmoxzfs.domain.Scan.Subject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the fields `scan` and `scrub`: what ZFS 0.6 to 2.4, and its development branch of July
/// 2026, print about scrubs, resilvers, rebuilds and error scrubs
/// (`print_scan_scrub_resilver_status`, `print_rebuild_status_impl` and `print_err_scrub_status` in
/// `cmd/zpool/zpool_main.c`).
final class ScanParser {
  /// A line of its own in `zpool status`, which Proxmox glues to the end of the field.
  private static final String WARNING = " scan warning: ";

  private ScanParser() {}

  /// Reads a text; one that fits nothing we know is [Scan.Unknown].
  static Scan parse(String text) {
    int warning = text.indexOf(WARNING);
    var cursor = new Cursor(warning < 0 ? text : text.substring(0, warning));
    Optional<Scan> scan = scan(cursor);
    return scan.isPresent() && cursor.fits() ? scan.get() : new Scan.Unknown(text);
  }

  private static Optional<Scan> scan(Cursor cursor) {
    if (cursor.skip("none requested")) {
      return Optional.of(new Scan.None());
    }
    if (cursor.skip("resilver")) {
      return resilver(cursor);
    }
    if (cursor.skip("scrubbed ")) {
      return Optional.of(errorScrubFinished(cursor));
    }
    if (cursor.skip("error scrub ")) {
      return underWayOrCanceled(cursor, Subject.of(Function.ERROR_SCRUB));
    }
    var scrub = new Subject(Function.SCRUB, cursor.skip("thorough "), Optional.empty());
    cursor.expect("scrub ");
    return cursor.skip("repaired ")
        ? Optional.of(finished(cursor, scrub))
        : underWayOrCanceled(cursor, scrub);
  }

  /// What follows `resilver`: `ed 1.2T in …`, `ed (mirror-0) 1.2T in …`, ` in progress …`, `
  /// (mirror-0) in progress …`.
  private static Optional<Scan> resilver(Cursor cursor) {
    boolean finished = cursor.skip("ed");
    cursor.expect(" ");
    Subject subject =
        cursor.skip("(")
            ? new Subject(Function.REBUILD, false, Optional.of(cursor.until(") ")))
            : Subject.of(Function.RESILVER);
    return finished ? Optional.of(finished(cursor, subject)) : underWayOrCanceled(cursor, subject);
  }

  private static Optional<Scan> underWayOrCanceled(Cursor cursor, Subject subject) {
    if (cursor.skip("in progress since ")) {
      LocalDateTime started = Dates.date(cursor);
      return Optional.of(new Scan.InProgress(subject, started, progress(cursor, subject)));
    }
    if (cursor.skip("paused since ")) {
      return Optional.of(paused(cursor, subject));
    }
    if (cursor.skip("canceled on ")) {
      return Optional.of(new Scan.Canceled(subject, Dates.date(cursor)));
    }
    return Optional.empty();
  }

  private static Scan paused(Cursor cursor, Subject subject) {
    LocalDateTime paused = Dates.date(cursor);
    cursor.blanks();
    if (subject.thorough()) {
      cursor.expect("thorough ");
    }
    if (subject.function() == Function.ERROR_SCRUB) {
      cursor.expect("error ");
    }
    cursor.expect("scrub started on");
    cursor.blanks(); // three of them in 0.7
    LocalDateTime started = Dates.date(cursor);
    return new Scan.Paused(subject, paused, started, progress(cursor, subject));
  }

  private static Scan finished(Cursor cursor, Subject subject) {
    OptionalLong processed = Numbers.size(cursor);
    cursor.expect(" in ");
    Optional<Duration> duration = Durations.duration(cursor);
    cursor.expect(" with ");
    OptionalLong errors = Numbers.count(cursor);
    cursor.expect(" errors on ");
    LocalDateTime ended = Dates.date(cursor);
    return new Scan.Finished(subject, processed, duration, errors, OptionalLong.empty(), ended);
  }

  private static Scan errorScrubFinished(Cursor cursor) {
    OptionalLong errorBlocks = Numbers.count(cursor);
    cursor.expect(" error blocks in ");
    Optional<Duration> duration = Durations.duration(cursor);
    cursor.expect(" on ");
    LocalDateTime ended = Dates.date(cursor);
    return new Scan.Finished(
        Subject.of(Function.ERROR_SCRUB),
        OptionalLong.empty(),
        duration,
        OptionalLong.empty(),
        errorBlocks,
        ended);
  }

  private static Progress progress(Cursor cursor, Subject subject) {
    cursor.blanks();
    return subject.function() == Function.ERROR_SCRUB
        ? ScanProgress.ofErrorScrub(cursor)
        : ScanProgress.ofScan(cursor);
  }
}
