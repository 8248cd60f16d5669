package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Scan.Function;
import io.github.proxmoxzfs.domain.Scan.Progress;
import io.github.proxmoxzfs.domain.Scan.Subject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Prints scans as each release of ZFS does, joined as Proxmox joins them; written from the facts
/// about ZFS and not from [ScanParser].
final class ScanPrinter {
  /// Releases between which the output changed.
  enum Release {
    V0_6,
    V0_7,
    V0_8,
    V2_0,
    V2_2,
    MASTER
  }

  private final Release release;

  ScanPrinter(Release release) {
    this.release = release;
  }

  String print(Scan scan) {
    return switch (scan) {
      case Scan.None _ -> "none requested";
      case Scan.Finished finished -> finished(finished);
      case Scan.Canceled(Subject subject, LocalDateTime ended) ->
          name(subject) + " canceled on " + date(ended);
      case Scan.InProgress(Subject subject, LocalDateTime started, Progress progress) ->
          name(subject)
              + " in progress since "
              + date(started)
              + " "
              + progress(subject, progress, true);
      case Scan.Paused(
              Subject subject,
              LocalDateTime paused,
              LocalDateTime started,
              Progress progress) ->
          name(subject)
              + " paused since "
              + date(paused)
              + " "
              + name(subject)
              + (release == Release.V0_7 ? " started on   " : " started on ")
              + date(started)
              + " "
              + progress(subject, progress, false);
      case Scan.Unknown(String text) -> text;
    };
  }

  private String finished(Scan.Finished scan) {
    String duration = duration(scan.duration().orElseThrow(), scan.subject().function());
    if (scan.subject().function() == Function.ERROR_SCRUB) {
      return "scrubbed %d error blocks in %s on %s"
          .formatted(scan.errorBlocks().orElseThrow(), duration, date(scan.ended()));
    }
    String done =
        switch (scan.subject().function()) {
          case SCRUB -> name(scan.subject()) + " repaired";
          case RESILVER -> "resilvered";
          case REBUILD -> "resilvered (" + scan.subject().vdev().orElseThrow() + ")";
          case ERROR_SCRUB -> "";
        };
    return "%s %s in %s with %d errors on %s"
        .formatted(
            done,
            size(scan.processedBytes()),
            duration,
            scan.errors().orElseThrow(),
            date(scan.ended()));
  }

  private static String name(Subject subject) {
    return switch (subject.function()) {
      case SCRUB -> subject.thorough() ? "thorough scrub" : "scrub";
      case RESILVER -> "resilver";
      case REBUILD -> "resilver (" + subject.vdev().orElseThrow() + ")";
      case ERROR_SCRUB -> "error scrub";
    };
  }

  private String progress(Subject subject, Progress progress, boolean running) {
    String percentage =
        String.format(Locale.ROOT, "%.2f%%", 100 * progress.progressRatio().orElse(Double.NaN));
    percentage = percentage.replace("NaN", "-nan");
    if (subject.function() == Function.ERROR_SCRUB) {
      return percentage
          + " done, issued I/O for "
          + progress.errorBlocks().orElseThrow()
          + " error blocks";
    }
    String processed =
        size(progress.processedBytes())
            + (subject.function() == Function.SCRUB ? " repaired, " : " resilvered, ")
            + percentage
            + " done";
    String remaining = running ? remaining(progress.remaining(), subject.function()) : "";
    return switch (release) {
      case V0_6, V0_7 ->
          size(progress.scannedBytes())
              + " scanned out of "
              + size(progress.totalBytes())
              + at(progress.scanBytesPerSecond())
              + remaining
              + " "
              + processed;
      case V0_8, V2_0 ->
          size(progress.scannedBytes())
              + " scanned"
              + at(progress.scanBytesPerSecond())
              + ", "
              + size(progress.issuedBytes())
              + " issued"
              + (subject.function() == Function.REBUILD
                  ? at(progress.issueBytesPerSecond()).replace(" at", "")
                  : at(progress.issueBytesPerSecond()))
              + ", "
              + size(progress.totalBytes())
              + " total "
              + processed
              + remaining;
      case V2_2, MASTER ->
          size(progress.scannedBytes())
              + " / "
              + size(progress.totalBytes())
              + " scanned"
              + at(progress.scanBytesPerSecond())
              + ", "
              + size(progress.issuedBytes())
              + " / "
              + size(progress.totalBytes())
              + " issued"
              + at(progress.issueBytesPerSecond())
              + " "
              + processed
              + remaining;
    };
  }

  private String remaining(Optional<Duration> left, Function function) {
    if (left.isPresent()) {
      return ", " + duration(left.get(), function) + " to go";
    }
    return release.compareTo(Release.V0_8) < 0
        ? ", (scan is slow, no estimated time)"
        : ", no estimated completion time";
  }

  private String at(OptionalLong rate) {
    return rate.isPresent() ? " at " + size(rate) + "/s" : "";
  }

  private String size(OptionalLong bytes) {
    return release == Release.V0_6
        ? Nicenum.print(bytes.orElseThrow())
        : Nicenum.bytes(bytes.orElseThrow());
  }

  private String duration(Duration duration, Function function) {
    long days = duration.toDays();
    if (release.compareTo(Release.V0_8) < 0) {
      return duration.toHours() + "h" + duration.toMinutesPart() + "m";
    }
    String clock =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d",
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart());
    boolean alwaysDays = release == Release.V0_8 || function == Function.ERROR_SCRUB;
    return alwaysDays || days > 0 ? days + " days " + clock : clock;
  }

  /// As `ctime`.
  static String date(LocalDateTime date) {
    return String.format(Locale.ROOT, "%1$ta %1$tb %2$2d %1$tT %1$tY", date, date.getDayOfMonth());
  }
}
