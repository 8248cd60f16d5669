package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Tells what is wrong with a cluster, by the thresholds of the alerting rules
/// (`monitoring/rules`). The rules also look at time, which a single collection cannot.
final class Diagnosis {
  private static final Duration CERTIFICATE_EXPIRES_SOON = Duration.ofDays(7);

  private final ClusterStatus status;
  private final Instant now;
  private final List<Problem> problems = new ArrayList<>();

  private Diagnosis(ClusterStatus status) {
    this.status = status;
    this.now = status.snapshot().collectedAt();
  }

  /// What is wrong, the gravest first.
  static List<Problem> of(ClusterStatus status) {
    var diagnosis = new Diagnosis(status);
    diagnosis.cluster();
    status.nodes().forEach(diagnosis::node);
    diagnosis.missingPools();
    diagnosis.problems.addAll(SurroundingsDiagnosis.of(status));
    return diagnosis.problems.stream()
        .sorted(Comparator.comparing(Problem::severity).reversed())
        .toList();
  }

  private void cluster() {
    if (status.snapshot().nodes() instanceof Reading.Failed<?>(_, String detail)) {
      add(Severity.CRITICAL, "the cluster cannot be read: " + detail);
    } else if (status.nodes().isEmpty()) {
      add(
          Severity.CRITICAL,
          "no node is shown: the cluster lists none, or none that the configuration and the options"
              + " include");
    }
    for (ApiActivity.Endpoint endpoint : status.activity().endpoints()) {
      if (endpoint.up().equals(Optional.of(false))
          && status.snapshot().nodes() instanceof Reading.Ok) {
        add(Severity.WARNING, "the endpoint " + endpoint.address() + " does not answer");
      }
      endpoint.certificateExpires().ifPresent(expires -> certificate(endpoint, expires));
    }
  }

  private void certificate(ApiActivity.Endpoint endpoint, Instant expires) {
    if (expires.isBefore(now.plus(CERTIFICATE_EXPIRES_SOON))) {
      add(
          Severity.WARNING,
          "the certificate of "
              + endpoint.address()
              + (expires.isBefore(now) ? " expired " : " expires ")
              + Quantities.ago(expires, now));
    }
  }

  private void node(NodeSnapshot node) {
    if (!node.online()) {
      add(Severity.CRITICAL, node, "the cluster counts the node as offline");
      return;
    }
    Optional<Instant> unresponsive = node.responsiveness().unresponsiveSince();
    unresponsive.ifPresent(
        since ->
            add(
                Severity.CRITICAL,
                node,
                "unresponsive since "
                    + Quantities.duration(Duration.between(since, now))
                    + ": "
                    + node.responsiveness().stuckRequests()
                    + " zfs requests never ended, so that it is not asked"));
    if (unresponsive.isEmpty()) {
      node.pools()
          .failure()
          .ifPresent(_ -> add(Severity.CRITICAL, node, "its pools cannot be listed: " + why(node)));
    }
    node.pools()
        .asOptional()
        .orElse(List.of())
        .forEach(pool -> problems.addAll(PoolDiagnosis.of(status, node, pool)));
    problems.addAll(DiskDiagnosis.of(node));
    if (node.clock() instanceof Reading.Failed<?>(FailureReason reason, String detail)
        && node.pools() instanceof Reading.Ok) {
      add(
          Severity.WARNING,
          node,
          "its time zone is not known, so that no scrub can be dated: "
              + Failures.shown(reason, detail));
    }
  }

  private static String why(NodeSnapshot node) {
    return node.pools() instanceof Reading.Failed<?>(FailureReason reason, String detail)
        ? Failures.shown(reason, detail)
        : "";
  }

  private void missingPools() {
    for (MissingPool missing : status.snapshot().missingPools()) {
      if (missing.cause() == MissingPool.Cause.NOT_LISTED
          && status.selection().test(missing.node())) {
        problems.add(
            new Problem(
                Severity.CRITICAL,
                Optional.of(missing.node()),
                Optional.of(missing.pool()),
                "not imported any more: it was listed before"));
      }
    }
  }

  private void add(Severity severity, String text) {
    problems.add(new Problem(severity, Optional.empty(), Optional.empty(), text));
  }

  private void add(Severity severity, NodeSnapshot node, String text) {
    problems.add(new Problem(severity, Optional.of(node.name()), Optional.empty(), text));
  }
}
