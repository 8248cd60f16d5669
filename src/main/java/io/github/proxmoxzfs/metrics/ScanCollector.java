package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Expansion;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Removal;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Scrubs, resilvers, rebuilds and error scrubs as the pool's answer shows them, the last scrub as
/// it is remembered, removals and expansions.
final class ScanCollector implements Collector {
  private static final String IN_PROGRESS = "in_progress";
  private static final String PAUSED = "paused";
  private static final String FINISHED = "finished";
  private static final String CANCELED = "canceled";

  private static final String EPOCH = ", in seconds since the epoch; absent without a zone.";
  private static final String THREE_DIGITS = ", to three digits at best.";

  private static final Gauge STATE =
      Gauge.of(
          "zfs_pool_scan_state",
          "1 for the state (in_progress, paused, finished, canceled) of the scan that is shown now;"
              + " nothing for functions that are not: ZFS keeps one result for scrub and resilver,"
              + " and Proxmox hides both behind a sequential rebuild.",
          "node",
          "pool",
          "function",
          "state");
  private static final Gauge START =
      scan(
          "start_timestamp_seconds",
          "When the scan began" + EPOCH + " Of a finished one the end less the duration.");
  private static final Gauge END =
      scan("end_timestamp_seconds", "When the scan ended or was canceled" + EPOCH);
  private static final Gauge PAUSED_AT =
      scan("paused_timestamp_seconds", "When the scan was paused" + EPOCH);
  private static final Gauge DURATION =
      scan(
          "duration_seconds",
          "How long the finished scan took, pauses included, in seconds; whole minutes before ZFS"
              + " 0.8; absent where a clock that was set back makes it nonsense.");
  private static final Gauge PROGRESS =
      scan(
          "progress_ratio",
          "How much of the running or paused scan is done: 1 is all; may exceed 1.");
  private static final Gauge REMAINING =
      scan(
          "remaining_seconds",
          "How long the running scan still takes by ZFS's estimate, in seconds; absent where ZFS"
              + " gives none.");
  private static final Gauge SCANNED =
      scan(
          "scanned_bytes",
          "Bytes whose metadata the running or paused scan has examined" + THREE_DIGITS);
  private static final Gauge ISSUED =
      scan(
          "issued_bytes",
          "Bytes that the running or paused scan has read" + THREE_DIGITS + " Absent before 0.8.");
  private static final Gauge TOTAL =
      scan("total_bytes", "Bytes that the running or paused scan has to examine" + THREE_DIGITS);
  private static final Gauge SCAN_RATE =
      scan(
          "scan_bytes_per_second",
          "Bytes examined per second, the mean since the scan began or went on" + THREE_DIGITS);
  private static final Gauge ISSUE_RATE =
      scan(
          "issue_bytes_per_second",
          "Bytes read per second, the mean since the scan began or went on" + THREE_DIGITS);
  private static final Gauge REPAIRED =
      scan(
          "repaired_bytes",
          "Bytes that the scan repaired, or resilvered or rebuilt, up to now" + THREE_DIGITS);
  private static final Gauge ERRORS =
      scan("errors", "Number of errors that the finished scan could not repair.");

  private static final Gauge LAST_SCRUB =
      pool(
          "last_scrub_timestamp_seconds",
          "When the last scrub ended that ran to its end, in seconds since the epoch; remembered"
              + " where ZFS shows another scan, absent where none is known.");
  private static final Gauge LAST_SCRUB_ERRORS =
      pool("last_scrub_errors", "Number of errors that that scrub could not repair.");
  private static final Gauge LAST_SCRUB_REPAIRED =
      pool("last_scrub_repaired_bytes", "Bytes that that scrub repaired" + THREE_DIGITS);
  private static final Gauge LAST_SCRUB_DURATION =
      pool("last_scrub_duration_seconds", "How long that scrub took, pauses included, in seconds.");
  private static final Gauge NEVER_SCRUBBED =
      pool(
          "never_scrubbed",
          "Whether the pool was never scrubbed (1) or was (0); absent where it cannot be known.");

  private static final Activity REMOVAL =
      Activity.of(
          "removal",
          "the last removal of a vdev (in_progress, finished, canceled)",
          "the removal of a vdev");
  private static final Activity EXPANSION =
      Activity.of(
          "expansion",
          "the last expansion of a raidz vdev (in_progress, paused for a resilver or clear,"
              + " finished)",
          "the expansion of a raidz vdev");

  /// The families of a removal or an expansion.
  private record Activity(Gauge state, Gauge progress, Gauge copied, Gauge remaining, Gauge ended) {
    static Activity of(String name, String states, String what) {
      return new Activity(
          Gauge.of(
              "zfs_pool_" + name + "_state",
              "1 for the state of " + states + ", while ZFS shows one.",
              "node",
              "pool",
              "state"),
          pool(name + "_progress_ratio", "How much of " + what + " under way is done: 1 is all."),
          pool(name + "_copied_bytes", "Bytes that " + what + " copied up to now" + THREE_DIGITS),
          pool(
              name + "_remaining_seconds",
              "How long "
                  + what
                  + " still takes by ZFS's estimate, in seconds; absent where ZFS gives none."),
          pool(name + "_end_timestamp_seconds", "When " + what + " ended" + EPOCH));
    }
  }

  private static Gauge scan(String name, String help) {
    return Gauge.of("zfs_pool_scan_" + name, help, "node", "pool", "function");
  }

  private static Gauge pool(String name, String help) {
    return Gauge.of("zfs_pool_" + name, help, "node", "pool");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot.forEachPool((node, pool) -> collect(node, pool, families));
  }

  private static void collect(NodeSnapshot node, Pool pool, Families families) {
    String[] labels = {node.name(), pool.listing().name()};
    collectScrubs(pool, families, labels);
    if (pool.status() instanceof Reading.Ok<PoolStatus>(PoolStatus status, Instant readAt)) {
      var dates = NodeDates.of(node, readAt);
      status.scan().ifPresent(scan -> collectScan(scan, dates, families, labels));
      status.errorScrub().ifPresent(scan -> collectScan(scan, dates, families, labels));
      status.removal().ifPresent(removal -> collectRemoval(removal, dates, families, labels));
      status.expansion().ifPresent(grown -> collectExpansion(grown, dates, families, labels));
    }
  }

  private static void collectScrubs(Pool pool, Families families, String... labels) {
    switch (pool.scrubs()) {
      case ScrubHistory.Completed last -> {
        families.addTime(LAST_SCRUB, Optional.of(last.ended()), labels);
        families.add(LAST_SCRUB_ERRORS, last.errors(), labels);
        families.add(LAST_SCRUB_REPAIRED, last.repairedBytes(), labels);
        families.addDuration(LAST_SCRUB_DURATION, last.duration(), labels);
        families.add(NEVER_SCRUBBED, false, labels);
      }
      case ScrubHistory.Never _ -> families.add(NEVER_SCRUBBED, true, labels);
      case ScrubHistory.Unknown _ -> {
        if (showsFinishedScrub(pool)) {
          families.add(NEVER_SCRUBBED, false, labels);
        }
      }
    }
  }

  /// Whether the answer shows a scrub; without the node's zone it is not known when it ended.
  private static boolean showsFinishedScrub(Pool pool) {
    return pool.status().asOptional().flatMap(PoolStatus::scan).orElse(null)
            instanceof Scan.Finished finished
        && finished.subject().function() == Scan.Function.SCRUB;
  }

  private static void collectScan(
      Scan scan, NodeDates dates, Families families, String... poolLabels) {
    switch (scan) {
      case Scan.InProgress running -> {
        String[] labels = shown(running.subject(), IN_PROGRESS, families, poolLabels);
        families.addTime(START, dates.instantOf(running.started()), labels);
        collectProgress(running.progress(), families, labels);
      }
      case Scan.Paused paused -> {
        String[] labels = shown(paused.subject(), PAUSED, families, poolLabels);
        families.addTime(START, dates.instantOf(paused.started()), labels);
        families.addTime(PAUSED_AT, dates.instantOf(paused.paused()), labels);
        collectProgress(paused.progress(), families, labels);
      }
      case Scan.Finished finished -> {
        String[] labels = shown(finished.subject(), FINISHED, families, poolLabels);
        families.addTime(START, started(finished, dates), labels);
        families.addTime(END, dates.instantOf(finished.ended()), labels);
        families.addDuration(DURATION, finished.duration(), labels);
        families.add(REPAIRED, finished.processedBytes(), labels);
        families.add(ERRORS, finished.errors(), labels);
      }
      case Scan.Canceled canceled -> {
        String[] labels = shown(canceled.subject(), CANCELED, families, poolLabels);
        families.addTime(END, dates.instantOf(canceled.ended()), labels);
      }
      case Scan.None _, Scan.Unknown _ -> {}
    }
  }

  /// Adds the state and returns the labels of the scan's other series.
  private static String[] shown(
      Scan.Subject subject, String state, Families families, String... poolLabels) {
    String function = subject.function().name().toLowerCase(Locale.ROOT);
    families.add(STATE, true, poolLabels[0], poolLabels[1], function, state);
    return new String[] {poolLabels[0], poolLabels[1], function};
  }

  /// ZFS prints the end less the start of a scan, but of a rebuild the time that it was active.
  private static Optional<Instant> started(Scan.Finished finished, NodeDates dates) {
    return finished.subject().function() == Scan.Function.REBUILD
        ? Optional.empty()
        : finished
            .duration()
            .flatMap(duration -> dates.instantOf(finished.ended()).map(end -> end.minus(duration)));
  }

  private static void collectProgress(Scan.Progress progress, Families families, String... labels) {
    families.add(PROGRESS, progress.progressRatio(), labels);
    families.addDuration(REMAINING, progress.remaining(), labels);
    families.add(SCANNED, progress.scannedBytes(), labels);
    families.add(ISSUED, progress.issuedBytes(), labels);
    families.add(TOTAL, progress.totalBytes(), labels);
    families.add(SCAN_RATE, progress.scanBytesPerSecond(), labels);
    families.add(ISSUE_RATE, progress.issueBytesPerSecond(), labels);
    families.add(REPAIRED, progress.processedBytes(), labels);
  }

  private static void collectRemoval(
      Removal removal, NodeDates dates, Families families, String... labels) {
    switch (removal) {
      case Removal.InProgress running -> {
        state(REMOVAL, IN_PROGRESS, families, labels);
        families.add(REMOVAL.progress, running.progressRatio(), labels);
        families.add(REMOVAL.copied, running.copiedBytes(), labels);
        families.addDuration(REMOVAL.remaining, running.remaining(), labels);
      }
      case Removal.Finished finished -> {
        state(REMOVAL, FINISHED, families, labels);
        families.add(REMOVAL.copied, finished.copiedBytes(), labels);
        families.addTime(REMOVAL.ended, dates.instantOf(finished.ended()), labels);
      }
      case Removal.Canceled canceled -> {
        state(REMOVAL, CANCELED, families, labels);
        families.addTime(REMOVAL.ended, dates.instantOf(canceled.ended()), labels);
      }
      case Removal.Unknown _ -> {}
    }
  }

  private static void collectExpansion(
      Expansion expansion, NodeDates dates, Families families, String... labels) {
    switch (expansion) {
      case Expansion.InProgress running -> {
        state(EXPANSION, running.paused() ? PAUSED : IN_PROGRESS, families, labels);
        families.add(EXPANSION.progress, running.progressRatio(), labels);
        families.add(EXPANSION.copied, running.copiedBytes(), labels);
        families.addDuration(EXPANSION.remaining, running.remaining(), labels);
      }
      case Expansion.Finished finished -> {
        state(EXPANSION, FINISHED, families, labels);
        families.add(EXPANSION.copied, finished.copiedBytes(), labels);
        families.addTime(EXPANSION.ended, dates.instantOf(finished.ended()), labels);
      }
      case Expansion.Unknown _ -> {}
    }
  }

  private static void state(Activity activity, String state, Families families, String... labels) {
    families.add(activity.state, true, labels[0], labels[1], state);
  }
}
