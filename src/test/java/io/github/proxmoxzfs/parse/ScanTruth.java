package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Scan.Function;
import io.github.proxmoxzfs.domain.Scan.Progress;
import io.github.proxmoxzfs.domain.Scan.Subject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.SoftAssertions;

/// Compares the scans that we read with what ZFS's own JSON says.
///
/// What the API makes unavoidable:
/// - *Rebuild hides scrub*: where a vdev was ever rebuilt, the rebuild is shown and the scrub lost
///   (two `scan:` lines, of which Proxmox keeps the last).
/// - *Error scrub hides scrub*: ZFS prints the one or the other.
/// - *Moving numbers*: what has been done of a running scan differs, as the commands ran one after
///   another; only what stands still is compared.
/// - *Clock set back*: ZFS prints a nonsensical duration, which is absent here.
final class ScanTruth {
  private final RecordedPool recorded;
  private final SoftAssertions softly;

  ScanTruth(RecordedPool recorded, SoftAssertions softly) {
    this.recorded = recorded;
    this.softly = softly;
  }

  void compare(PoolStatus status) {
    Json stats = recorded.truth().at("scan_stats");
    Optional<Json> rebuild =
        stats.at("rebuild_stats").memberValues().stream()
            .max(Comparator.comparing(vdev -> vdev.at("name").text()));
    boolean errorScrub =
        stats.at("err_scrub_start_time").number() > 0
            && stats.at("err_scrub_start_time").number() >= stats.at("start_time").number();
    softly.assertThat(status.errorScrub().isPresent()).as("error scrub").isEqualTo(errorScrub);
    if (errorScrub) {
      assertThat(status.scan()).as("scan").isEmpty();
      errorScrub(stats, status.errorScrub().orElseThrow());
    } else if (rebuild.isPresent()) {
      rebuild(rebuild.get(), status.scan().orElseThrow());
    } else if (stats.exists()) {
      scan(stats, status.scan().orElseThrow());
    } else {
      softly.assertThat(status.scan()).as("scan").isEmpty();
    }
  }

  private void scan(Json stats, Scan scan) {
    Subject subject = Subject.of(Function.valueOf(stats.at("function").text()));
    switch (scan) {
      case Scan.Finished finished -> {
        same("state", "FINISHED", stats.at("state").text());
        same("subject", finished.subject(), subject);
        threeDigits("processed", finished.processedBytes(), stats.at("processed"));
        same("errors", finished.errors(), OptionalLong.of(stats.at("errors").number()));
        same("ended", finished.ended(), time(stats, "end_time"));
        same("duration", finished.duration(), duration(stats, "start_time", "end_time"));
      }
      case Scan.Canceled canceled -> {
        same("state", "CANCELED", stats.at("state").text());
        same("subject", canceled.subject(), subject);
        same("ended", canceled.ended(), time(stats, "end_time"));
      }
      case Scan.Paused paused -> {
        same("state", "SCANNING", stats.at("state").text());
        same("subject", paused.subject(), subject);
        same("paused", paused.paused(), time(stats, "scrub_pause"));
        same("started", paused.started(), time(stats, "start_time"));
        threeDigits("scanned", paused.progress().scannedBytes(), stats.at("examined"));
        threeDigits("issued", paused.progress().issuedBytes(), stats.at("issued"));
        total(paused.progress(), stats);
      }
      case Scan.InProgress inProgress -> {
        same("state", "SCANNING", stats.at("state").text());
        same("paused", 0L, stats.at("scrub_pause").number());
        same("subject", inProgress.subject(), subject);
        same("started", inProgress.started(), time(stats, "start_time"));
        total(inProgress.progress(), stats);
      }
      case Scan.None _, Scan.Unknown _ -> softly.fail("nothing was read of the scan");
    }
  }

  private void rebuild(Json vdev, Scan scan) {
    Optional<String> name = Optional.of(vdev.at("name").text());
    switch (scan) {
      case Scan.Finished finished -> {
        same("state", "COMPLETE", vdev.at("state").text());
        same("vdev", finished.subject().vdev(), name);
        threeDigits("rebuilt", finished.processedBytes(), vdev.at("rebuilt"));
        same("errors", finished.errors(), OptionalLong.of(vdev.at("errors").number()));
        same("ended", finished.ended(), time(vdev, "end_time"));
        same(
            "duration",
            finished.duration(),
            Optional.of(Duration.ofSeconds(vdev.at("scan_time").number() / 1_000_000_000)));
      }
      case Scan.InProgress inProgress -> {
        same("state", "ACTIVE", vdev.at("state").text());
        same("vdev", inProgress.subject().vdev(), name);
        same("started", inProgress.started(), time(vdev, "start_time"));
        threeDigits("total", inProgress.progress().totalBytes(), vdev.at("to_scan"));
      }
      case Scan.Canceled _, Scan.Paused _, Scan.None _, Scan.Unknown _ ->
          softly.fail("the rebuild was not read");
    }
  }

  private void errorScrub(Json stats, Scan scan) {
    switch (scan) {
      case Scan.Finished finished -> {
        same("state", "FINISHED", stats.at("err_scrub_state").text());
        same("blocks", finished.errorBlocks(), OptionalLong.of(examined(stats)));
        same("ended", finished.ended(), time(stats, "err_scrub_end_time"));
        same(
            "duration",
            finished.duration(),
            duration(stats, "err_scrub_start_time", "err_scrub_end_time"));
      }
      case Scan.Paused paused -> {
        same("paused", paused.paused(), time(stats, "err_scrub_pause"));
        same("started", paused.started(), time(stats, "err_scrub_start_time"));
        same("blocks", paused.progress().errorBlocks(), OptionalLong.of(examined(stats)));
      }
      case Scan.InProgress running -> {
        same("paused", 0L, stats.at("err_scrub_pause").number());
        same("started", running.started(), time(stats, "err_scrub_start_time"));
      }
      case Scan.Canceled _, Scan.None _, Scan.Unknown _ ->
          softly.fail("the error scrub was not read");
    }
  }

  private static long examined(Json stats) {
    return stats.at("err_scrub_examined").number();
  }

  private void total(Progress progress, Json stats) {
    threeDigits("total", progress.totalBytes(), stats.at("to_examine"));
  }

  private LocalDateTime time(Json stats, String name) {
    return recorded.local(stats.at(name).number());
  }

  private static Optional<Duration> duration(Json stats, String start, String end) {
    var duration = Duration.ofSeconds(stats.at(end).number() - stats.at(start).number());
    return duration.isNegative() ? Optional.empty() : Optional.of(duration);
  }

  private <T> void same(String what, T ours, T truth) {
    softly.assertThat(ours).as(what).isEqualTo(truth);
  }

  /// ZFS prints three digits, so a number is off by half a percent at most.
  void threeDigits(String what, OptionalLong ours, Json truth) {
    softly.assertThat(ours.isPresent()).as(what).isTrue();
    softly
        .assertThat((double) ours.orElse(-1))
        .as(what)
        .isBetween(truth.number() * 0.995 - 1, truth.number() * 1.005 + 1);
  }
}
