package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A guest's replication to another node, as it is configured.
///
/// @param id the job's ID: `100-0`
/// @param guest the guest's number
/// @param source the node that the guest is on, where the configuration names it
/// @param target the node to replicate to
/// @param schedule when, as a calendar event of systemd
/// @param enabled whether it is to run
/// @param report what its source says of it; failed where the source could not be asked, and
///   skipped where nobody reports it
public record ReplicationJob(
    String id,
    String guest,
    Optional<String> source,
    String target,
    String schedule,
    boolean enabled,
    Reading<Report> report) {
  public ReplicationJob {
    requireNonNull(id, "id is null");
    requireNonNull(guest, "guest is null");
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(schedule, "schedule is null");
    requireNonNull(report, "report is null");
  }

  /// What the source of a job says of it.
  ///
  /// @param lastSync when it last succeeded; empty if it never did
  /// @param lastTry when it was last tried
  /// @param nextSync when it is due; empty where Proxmox names no date, as while it is pending
  /// @param duration how long the last try took
  /// @param failedSyncs how many tries have failed since the last success
  public record Report(
      Optional<Instant> lastSync,
      Optional<Instant> lastTry,
      Optional<Instant> nextSync,
      Optional<Duration> duration,
      OptionalLong failedSyncs) {
    public Report {
      requireNonNull(lastSync, "lastSync is null");
      requireNonNull(lastTry, "lastTry is null");
      requireNonNull(nextSync, "nextSync is null");
      requireNonNull(duration, "duration is null");
      requireNonNull(failedSyncs, "failedSyncs is null");
    }
  }

  /// This job with what its source says of it.
  public ReplicationJob withReport(Reading<Report> other) {
    return new ReplicationJob(id, guest, source, target, schedule, enabled, other);
  }
}
