package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Redundancy;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tells what is wrong with a pool.
final class PoolDiagnosis {
  private static final Duration SCRUB_OVERDUE = Duration.ofDays(40);

  private final ClusterStatus status;
  private final NodeSnapshot node;
  private final Pool pool;
  private final List<Problem> problems = new ArrayList<>();

  private PoolDiagnosis(ClusterStatus status, NodeSnapshot node, Pool pool) {
    this.status = status;
    this.node = node;
    this.pool = pool;
  }

  static List<Problem> of(ClusterStatus status, NodeSnapshot node, Pool pool) {
    var diagnosis = new PoolDiagnosis(status, node, pool);
    diagnosis.health();
    diagnosis.status();
    diagnosis.space();
    diagnosis.scrub();
    return diagnosis.problems;
  }

  private void health() {
    if (pool.listing().nameTruncated()) {
      return; // its health is one of other columns
    }
    Optional<PoolStatus> read = pool.status().asOptional();
    Severity severity =
        switch (pool.health()) {
          case ONLINE -> Severity.HEALTHY;
          case DEGRADED -> isOnlyOffline(read) ? Severity.WARNING : Severity.CRITICAL;
          case FAULTED, OFFLINE, UNAVAIL, REMOVED, SUSPENDED, UNKNOWN -> Severity.CRITICAL;
        };
    if (severity != Severity.HEALTHY) {
      String state =
          pool.health() == PoolHealth.UNKNOWN
              ? "in a state that the exporter does not know"
              : pool.health().name();
      add(
          severity,
          Stream.concat(Stream.of(state), details(read)).collect(Collectors.joining("; ")));
    } else {
      read.ifPresent(this::troubleWhileOnline);
    }
  }

  /// Whether an administrator took disks offline, and nothing else is wrong.
  private static boolean isOnlyOffline(Optional<PoolStatus> read) {
    return read.flatMap(PoolStatus::reason)
        .filter(reason -> reason.code() == PoolReason.Code.OFFLINE_DEV)
        .isPresent();
  }

  private Stream<String> details(Optional<PoolStatus> read) {
    return read.stream().flatMap(detail -> Stream.concat(badLeaves(detail), weakened(detail)));
  }

  private Stream<String> badLeaves(PoolStatus read) {
    return read.allVdevs()
        .filter(vdev -> vdev.leaf() && vdev.vdevClass() != VdevClass.SPARE && isBad(vdev.state()))
        .map(this::shown);
  }

  private String shown(Vdev leaf) {
    String fault =
        leaf.notes()
            .fault()
            .filter(known -> known != VdevNotes.Fault.NOT_PRESENT)
            .map(known -> " (" + known.text() + ")")
            .orElse("");
    String identity =
        Identities.of(status, node, pool.listing().name(), leaf)
            .map(Identities.Identity::shown)
            .filter(text -> !text.isEmpty())
            .map(text -> " [" + text + "]")
            .orElse("");
    return VdevNames.shortName(leaf) + " is " + leaf.state() + fault + identity;
  }

  private static boolean isBad(VdevState state) {
    return switch (state) {
      case DEGRADED, FAULTED, OFFLINE, UNAVAIL, REMOVED, SPLIT, UNKNOWN -> true;
      case ONLINE, AVAIL, INUSE -> false;
    };
  }

  private static Stream<String> weakened(PoolStatus read) {
    return read.vdevs().stream()
        .flatMap(
            vdev ->
                read
                    .redundancyOf(vdev)
                    .filter(redundancy -> redundancy.configured() > 0)
                    .filter(PoolDiagnosis::isWeakened)
                    .map(redundancy -> vdev.name() + " may lose " + remaining(redundancy))
                    .stream());
  }

  private static boolean isWeakened(Redundancy redundancy) {
    return redundancy.remaining().orElse(0) < redundancy.configured();
  }

  private static String remaining(Redundancy redundancy) {
    if (redundancy.remaining().isEmpty()) {
      return "an unknown number of disks";
    }
    int left = redundancy.remaining().getAsInt();
    return switch (left) {
      case 0 -> "no more disk";
      case 1 -> "1 more disk";
      default -> left + " more disks";
    };
  }

  private void troubleWhileOnline(PoolStatus read) {
    String leaves =
        read.allVdevs()
            .filter(vdev -> vdev.leaf() && hasErrors(vdev))
            .map(vdev -> VdevNames.shortName(vdev) + " had errors")
            .collect(Collectors.joining("; "));
    Optional<PoolReason> reason =
        read.reason().filter(known -> !known.code().cosmetic()).filter(known -> isTrouble(known));
    if (reason.isPresent()) {
      add(Severity.WARNING, reason.get().text() + (leaves.isEmpty() ? "" : " " + leaves));
    } else if (!leaves.isEmpty()) {
      add(Severity.WARNING, leaves);
    }
  }

  /// A scan of an online pool is no trouble, and damaged data are told by their number.
  private static boolean isTrouble(PoolReason reason) {
    return switch (reason.code()) {
      case RESILVERING, REBUILDING, CORRUPT_DATA -> false;
      default -> true;
    };
  }

  private static boolean hasErrors(Vdev vdev) {
    return vdev.errors()
        .filter(
            errors ->
                errors.read().atLeast() > 0
                    || errors.write().atLeast() > 0
                    || errors.checksum().atLeast() > 0)
        .isPresent();
  }

  private void status() {
    switch (pool.status()) {
      case Reading.Failed<PoolStatus>(FailureReason reason, String detail) -> {
        if (reason != FailureReason.UNSUPPORTED_NAME) {
          add(Severity.WARNING, "its details cannot be read: " + Failures.shown(reason, detail));
        }
      }
      case Reading.Ok<PoolStatus>(PoolStatus read, _) -> {
        if (read.dataErrors() instanceof DataErrors.Count(long blocks) && blocks > 0) {
          add(
              Severity.CRITICAL,
              "data are damaged: "
                  + blocks
                  + (blocks == 1 ? " permanent error" : " permanent errors"));
        }
        if (!read.unknownTexts().isEmpty()) {
          add(
              Severity.WARNING,
              "a text of ZFS is not understood: "
                  + read.unknownTexts().keySet().stream()
                      .sorted()
                      .collect(Collectors.joining(", ")));
        }
      }
      case Reading.Skipped<PoolStatus> _ -> {}
    }
  }

  private void space() {
    PoolSpace.ratio(pool.listing())
        .filter(ratio -> ratio >= PoolSpace.FILLING_UP)
        .ifPresent(
            ratio ->
                add(
                    ratio >= PoolSpace.NEARLY_FULL ? Severity.CRITICAL : Severity.WARNING,
                    Quantities.percent(ratio) + " of its space is in use"));
  }

  private void scrub() {
    boolean scrubbing =
        pool.status()
            .asOptional()
            .flatMap(PoolStatus::scan)
            .filter(
                scan ->
                    scan instanceof Scan.InProgress(Scan.Subject subject, _, _)
                        && subject.function() == Scan.Function.SCRUB)
            .isPresent();
    if (!scrubbing && pool.scrubs() instanceof ScrubHistory.Completed scrub) {
      Duration age = Duration.between(scrub.ended(), status.snapshot().collectedAt());
      if (age.compareTo(SCRUB_OVERDUE) > 0) {
        add(Severity.WARNING, "not scrubbed for " + Quantities.duration(age));
      }
    }
  }

  private void add(Severity severity, String text) {
    problems.add(
        new Problem(severity, Optional.of(node.name()), Optional.of(pool.listing().name()), text));
  }
}
