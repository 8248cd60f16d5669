package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// ZFS replication between nodes. What a job's source did not tell is absent.
final class ReplicationCollector implements Collector {
  private static final Gauge JOB =
      Gauge.of(
          "zfs_replication_info",
          "1, for each replication job: the guest, from where to where and when.",
          "id",
          "guest",
          "source",
          "target",
          "schedule");
  private static final Gauge ENABLED =
      gauge("zfs_replication_enabled", "Whether the job is to run (1) or is disabled (0).");
  private static final Gauge REPORTED =
      gauge(
          "zfs_replication_reported",
          "Whether a node reports the job (1) or none does (0); absent where its source could not"
              + " be asked.");
  private static final Gauge LAST_SYNC =
      gauge(
          "zfs_replication_last_sync_timestamp_seconds",
          "When the job last succeeded, in seconds since the epoch; absent if it never did.");
  private static final Gauge LAST_TRY =
      gauge(
          "zfs_replication_last_try_timestamp_seconds",
          "When the job last ran, in seconds since the epoch; absent if it never did.");
  private static final Gauge NEXT_SYNC =
      gauge(
          "zfs_replication_next_sync_timestamp_seconds",
          "When the job is due, in seconds since the epoch; absent where Proxmox names no date.");
  private static final Gauge DURATION =
      gauge("zfs_replication_duration_seconds", "How long the last run took, in seconds.");
  private static final Gauge FAILED_SYNCS =
      gauge(
          "zfs_replication_failed_syncs",
          "How many runs have failed since the last one that succeeded.");
  private static final Gauge READ =
      gauge(
          "zfs_replication_read_timestamp_seconds",
          "When the job's source told of it, in seconds since the epoch.");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "id");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot
        .surroundings()
        .replication()
        .asOptional()
        .orElse(List.of())
        .forEach(job -> collect(job, families));
  }

  private static void collect(ReplicationJob job, Families families) {
    families.add(
        JOB, 1, job.id(), job.guest(), job.source().orElse(""), job.target(), job.schedule());
    families.add(ENABLED, job.enabled(), job.id());
    switch (job.report()) {
      case Reading.Ok<ReplicationJob.Report>(ReplicationJob.Report report, Instant readAt) -> {
        families.add(REPORTED, true, job.id());
        collect(job.id(), report, families);
        families.addTime(READ, Optional.of(readAt), job.id());
      }
      case Reading.Skipped<ReplicationJob.Report> _ -> families.add(REPORTED, false, job.id());
      case Reading.Failed<ReplicationJob.Report> _ -> {}
    }
  }

  private static void collect(String id, ReplicationJob.Report report, Families families) {
    families.addTime(LAST_SYNC, report.lastSync(), id);
    families.addTime(LAST_TRY, report.lastTry(), id);
    families.addTime(NEXT_SYNC, report.nextSync(), id);
    families.addDuration(DURATION, report.duration(), id);
    families.add(FAILED_SYNCS, report.failedSyncs(), id);
  }
}
