package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Identities;
import io.github.proxmoxzfs.status.Severity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Clusters as JSON, in the form that `docs/status.md` describes.
public final class StatusJson {
  private final JsonLine json;
  private final ClusterStatus status;

  private StatusJson(JsonLine json, ClusterStatus status) {
    this.json = json;
    this.status = status;
  }

  /// A JSON object, on one line.
  public static String of(List<ClusterStatus> statuses) {
    Severity worst =
        statuses.stream().map(ClusterStatus::severity).reduce(Severity.HEALTHY, Severity::orWorse);
    return JsonLine.of(
        json ->
            json.add("severity", worst.label())
                .objects("clusters", statuses, status -> new StatusJson(json, status).cluster()));
  }

  private void cluster() {
    json.add("cluster", status.cluster())
        .add("collected_at", status.snapshot().collectedAt())
        .add("severity", status.severity().label())
        .objects(
            "problems",
            status.problems(),
            problem ->
                json.add("severity", problem.severity().label())
                    .text("node", problem.node())
                    .text("pool", problem.pool())
                    .add("text", problem.text()));
    failure(status.snapshot().nodes());
    json.objects("nodes", status.nodes(), this::node)
        .objects(
            "missing_pools",
            status.snapshot().missingPools().stream()
                .filter(missing -> status.selection().test(missing.node()))
                .toList(),
            missing ->
                json.add("node", missing.node())
                    .add("pool", missing.pool())
                    .add("cause", missing.cause().label()));
    ClusterSections.write(status, json);
  }

  private void failure(Reading<?> reading) {
    if (reading instanceof Reading.Failed<?>(var reason, String detail)) {
      json.object("failure", failed -> failed.add("reason", reason.label()).add("detail", detail));
    }
  }

  private void node(NodeSnapshot node) {
    json.add("node", node.name()).add("online", node.online());
    json.add("answered", node.pools() instanceof Reading.Ok);
    node.responsiveness()
        .unresponsiveSince()
        .ifPresent(since -> json.add("unresponsive_since", since));
    json.add("stuck_requests", node.responsiveness().stuckRequests());
    node.clock().asOptional().map(NodeClock::zone).ifPresent(z -> json.add("zone", z.getId()));
    failure(node.pools());
    json.objects("pools", node.pools().asOptional().orElse(List.of()), pool -> pool(node, pool));
    NodeSections.write(status, node, json);
  }

  private void pool(NodeSnapshot node, Pool pool) {
    json.add("pool", pool.listing().name()).add("health", pool.health().label());
    pool.listing()
        .space()
        .ifPresent(
            space ->
                json.add("size_bytes", space.sizeBytes())
                    .add("allocated_bytes", space.allocatedBytes())
                    .add("free_bytes", space.freeBytes())
                    .add("fragmentation_ratio", space.fragmentationRatio())
                    .add("deduplication_factor", space.deduplicationFactor()));
    failure(pool.status());
    scrub(pool.scrubs());
    if (pool.status() instanceof Reading.Ok<PoolStatus>(PoolStatus read, Instant readAt)) {
      json.add("read_at", readAt);
      read.reason()
          .ifPresent(
              reason ->
                  json.object(
                      "reason",
                      _ ->
                          json.add("code", reason.code().label())
                              .text("msgid", reason.messageId())
                              .add("cosmetic", reason.code().cosmetic())
                              .add("text", reason.text())
                              .text("action", reason.action())));
      var dates = new Dates(node.clock().asOptional(), readAt);
      read.scan().ifPresent(scan -> scan("scan", scan, dates));
      read.errorScrub().ifPresent(scan -> scan("error_scrub", scan, dates));
      if (read.dataErrors() instanceof DataErrors.Count(long blocks)) {
        json.add("data_errors", blocks);
      }
      json.objects("vdevs", read.vdevs(), vdev -> vdev(node, pool.listing().name(), read, vdev));
      json.texts("unknown_texts", read.unknownTexts().keySet().stream().sorted().toList());
    }
  }

  private void scrub(ScrubHistory scrubs) {
    switch (scrubs) {
      case ScrubHistory.Completed scrub ->
          json.object(
              "last_scrub",
              _ -> {
                json.add("ended", scrub.ended())
                    .add("errors", scrub.errors())
                    .add("repaired_bytes", scrub.repairedBytes());
                scrub.duration().ifPresent(took -> json.add("duration_seconds", took));
              });
      case ScrubHistory.Never() -> json.add("never_scrubbed", true);
      case ScrubHistory.Unknown() -> {}
    }
  }

  /// Instants of the dates that a node printed.
  private record Dates(Optional<NodeClock> clock, Instant readAt) {
    Optional<Instant> of(LocalDateTime date) {
      return clock.map(known -> known.instantOf(date, readAt));
    }
  }

  private void scan(String name, Scan scan, Dates dates) {
    switch (scan) {
      case Scan.None _, Scan.Unknown _ -> {}
      case Scan.InProgress(Scan.Subject subject, LocalDateTime started, Scan.Progress progress) ->
          json.object(
              name,
              _ -> {
                subject(subject, "in_progress");
                date("started", started, dates);
                progress(progress);
              });
      case Scan.Paused(
              Scan.Subject subject,
              LocalDateTime paused,
              LocalDateTime started,
              Scan.Progress progress) ->
          json.object(
              name,
              _ -> {
                subject(subject, "paused");
                date("paused", paused, dates);
                date("started", started, dates);
                progress(progress);
              });
      case Scan.Finished finished ->
          json.object(
              name,
              _ -> {
                subject(finished.subject(), "finished");
                date("ended", finished.ended(), dates);
                json.add("errors", finished.errors())
                    .add("processed_bytes", finished.processedBytes());
                finished.duration().ifPresent(took -> json.add("duration_seconds", took));
              });
      case Scan.Canceled(Scan.Subject subject, LocalDateTime ended) ->
          json.object(
              name,
              _ -> {
                subject(subject, "canceled");
                date("ended", ended, dates);
              });
    }
  }

  private void subject(Scan.Subject subject, String state) {
    json.add("function", subject.function().name().toLowerCase(Locale.ROOT))
        .add("state", state)
        .text("vdev", subject.vdev());
  }

  private void date(String name, LocalDateTime date, Dates dates) {
    dates.of(date).ifPresent(moment -> json.add(name, moment));
  }

  private void progress(Scan.Progress progress) {
    json.add("progress_ratio", progress.progressRatio());
    progress.remaining().ifPresent(left -> json.add("remaining_seconds", left));
    json.add("scanned_bytes", progress.scannedBytes())
        .add("issued_bytes", progress.issuedBytes())
        .add("total_bytes", progress.totalBytes())
        .add("issue_bytes_per_second", progress.issueBytesPerSecond());
  }

  private void vdev(NodeSnapshot node, String pool, PoolStatus read, Vdev vdev) {
    json.add("vdev", vdev.name())
        .add("class", vdev.vdevClass().label())
        .add("level", vdev.level().label())
        .add("type", vdev.type().label())
        .add("state", vdev.state().label());
    vdev.errors()
        .ifPresent(
            errors ->
                json.add("read_errors", errors.read().atLeast())
                    .add("write_errors", errors.write().atLeast())
                    .add("checksum_errors", errors.checksum().atLeast())
                    .add("errors_approximate", errors.approximate()));
    if (vdev.parent().isEmpty()) {
      read.redundancyOf(vdev)
          .ifPresent(
              redundancy ->
                  json.add("redundancy_configured", redundancy.configured())
                      .add("redundancy_remaining", redundancy.remaining()));
    }
    vdev.notes().fault().ifPresent(fault -> json.add("fault", fault.label()));
    if (!vdev.notes().activities().isEmpty()) {
      json.texts(
          "activities",
          vdev.notes().activities().stream().map(activity -> activity.label()).sorted().toList());
    }
    Identities.of(status, node, pool, vdev)
        .ifPresent(
            disk ->
                json.object(
                    "disk",
                    _ -> {
                      json.add("model", disk.model())
                          .add("serial", disk.serial())
                          .add("location", disk.location())
                          .add("device", disk.device());
                      disk.present().ifPresent(there -> json.add("present", there));
                    }));
    if (!vdev.children().isEmpty()) {
      json.objects("children", vdev.children(), child -> vdev(node, pool, read, child));
    }
  }
}
