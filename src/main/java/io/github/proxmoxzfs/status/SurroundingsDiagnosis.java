package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.Rights;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.domain.ZfsStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Tells what is wrong with what belongs to no node alone: privileges, storages, replication.
final class SurroundingsDiagnosis {
  /// Which part of a storage is in use when guests that write will soon stop.
  private static final double NEARLY_FULL = 0.95;

  private static final double FILLING_UP = 0.85;

  /// By how much a replication may be late.
  private static final Duration LATE = Duration.ofHours(1);

  private final ClusterStatus status;
  private final Surroundings known;
  private final Instant now;
  private final List<Problem> problems = new ArrayList<>();

  private SurroundingsDiagnosis(ClusterStatus status) {
    this.status = status;
    this.known = status.snapshot().surroundings();
    this.now = status.snapshot().collectedAt();
  }

  static List<Problem> of(ClusterStatus status) {
    var diagnosis = new SurroundingsDiagnosis(status);
    diagnosis.rights();
    diagnosis.sources();
    status.storages().forEach(diagnosis::storage);
    status.replication().stream().filter(ReplicationJob::enabled).forEach(diagnosis::replication);
    return diagnosis.problems;
  }

  /// Proxmox leaves out without a word what it may not show: that nothing is seen is not health.
  private void rights() {
    if (isPrivilegeMissing()) {
      add(
          Optional.empty(),
          Severity.WARNING,
          "the credential lacks "
              + known.rights().asOptional().stream()
                  .flatMap(rights -> rights.missing().stream())
                  .map(missing -> missing.privilege() + " on " + missing.path())
                  .collect(Collectors.joining(", "))
              + ", so that not all is seen; 'proxmox-zfs-exporter check' tells what mends it");
    }
  }

  private boolean isPrivilegeMissing() {
    return known.rights().asOptional().map(Rights::missing).filter(m -> !m.isEmpty()).isPresent();
  }

  private void sources() {
    source(Optional.empty(), "its privileges", known.rights());
    source(Optional.empty(), "its storages", known.storages());
    source(Optional.empty(), "its replication", known.replication());
    new TreeMap<>(known.replicationByNode())
        .forEach(
            (node, reading) -> {
              if (status.selection().test(node) && !isDown(node)) {
                source(Optional.of(node), "its replication", reading);
              }
            });
  }

  private void source(Optional<String> node, String what, Reading<?> reading) {
    if (reading instanceof Reading.Failed<?>(FailureReason reason, String detail)
        && !(reason == FailureReason.FORBIDDEN && isPrivilegeMissing())
        && status.snapshot().nodes() instanceof Reading.Ok) {
      add(node, Severity.WARNING, what + " cannot be read: " + Failures.shown(reason, detail));
    }
  }

  private void storage(ZfsStorage storage) {
    Optional<String> node = Optional.of(storage.node());
    String subject = "storage " + storage.storage() + " ";
    if (storage.activity() == ZfsStorage.Activity.INACTIVE && !isExplained(storage)) {
      add(node, Severity.WARNING, subject + "is not active");
    }
    double ratio =
        storage
            .space()
            .filter(space -> space.sizeBytes() > 0)
            .map(space -> (double) space.usedBytes() / space.sizeBytes())
            .orElse(0.0);
    if (ratio >= NEARLY_FULL && !isPoolFull(storage, PoolSpace.NEARLY_FULL)) {
      add(node, Severity.CRITICAL, subject + "is " + Quantities.percent(ratio) + " full");
    } else if (ratio >= FILLING_UP && !isPoolFull(storage, PoolSpace.FILLING_UP)) {
      add(node, Severity.WARNING, subject + "is " + Quantities.percent(ratio) + " full");
    }
  }

  /// Whether its node or pool is told to be the problem.
  private boolean isExplained(ZfsStorage storage) {
    return isDown(storage.node())
        || pool(storage)
            .map(Pool::health)
            .filter(health -> health == PoolHealth.SUSPENDED || health == PoolHealth.FAULTED)
            .isPresent();
  }

  private boolean isPoolFull(ZfsStorage storage, double threshold) {
    return pool(storage)
        .flatMap(pool -> PoolSpace.ratio(pool.listing()))
        .filter(used -> used >= threshold)
        .isPresent();
  }

  private Optional<Pool> pool(ZfsStorage storage) {
    return node(storage.node())
        .flatMap(node -> node.pools().asOptional())
        .flatMap(
            pools ->
                pools.stream()
                    .filter(pool -> pool.listing().name().equals(storage.pool()))
                    .findFirst());
  }

  private void replication(ReplicationJob job) {
    trouble(job)
        .ifPresent(
            text ->
                add(
                    job.source(),
                    Severity.WARNING,
                    "replication " + job.id() + " to " + job.target() + " " + text));
  }

  private Optional<String> trouble(ReplicationJob job) {
    return switch (job.report()) {
      case Reading.Ok<ReplicationJob.Report>(ReplicationJob.Report report, _) -> {
        if (report.failedSyncs().orElse(0) > 0) {
          yield isDown(job.target()) ? Optional.empty() : Optional.of("fails");
        }
        yield report
            .nextSync()
            .filter(next -> next.plus(LATE).isBefore(now))
            .map(next -> "is late: it was due " + Quantities.ago(next, now));
      }
      case Reading.Failed<ReplicationJob.Report> _ -> Optional.empty(); // its node's problem
      case Reading.Skipped<ReplicationJob.Report> _ ->
          job.source().filter(this::isDown).isPresent()
              ? Optional.empty()
              : Optional.of("is reported by no node, so that nobody knows whether it runs");
    };
  }

  /// Whether a node is told to be down, or not to answer.
  private boolean isDown(String name) {
    return node(name)
        .filter(node -> !node.online() || node.pools() instanceof Reading.Failed)
        .isPresent();
  }

  private Optional<NodeSnapshot> node(String name) {
    return status.snapshot().nodes().asOptional().orElse(List.of()).stream()
        .filter(node -> node.name().equals(name))
        .findFirst();
  }

  private void add(Optional<String> node, Severity severity, String text) {
    problems.add(new Problem(severity, node, Optional.empty(), text));
  }
}
