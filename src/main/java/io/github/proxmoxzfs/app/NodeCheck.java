package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.scrape.SmartTrial;
import io.github.proxmoxzfs.status.Remedies;
import io.github.proxmoxzfs.status.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the sources: those of the cluster, then those of each node, and its zone.
final class NodeCheck {
  private final ClusterConfiguration cluster;
  private final Findings findings;
  private final Map<String, SmartTrial> trials;

  /// @param trials what came of asking a disk of each node for SMART
  NodeCheck(ClusterConfiguration cluster, Findings findings, Map<String, SmartTrial> trials) {
    this.cluster = cluster;
    this.findings = findings;
    this.trials = Map.copyOf(trials);
  }

  void check(List<NodeSnapshot> nodes, ClusterSnapshot snapshot) {
    if (nodes.isEmpty()) {
      findings.add(
          Severity.CRITICAL,
          "nodes",
          "none: the credential sees none, or `nodes` of the configuration leaves all out",
          snapshot.nodesDuration(),
          "nodes: {include: [\"*\"]}");
    }
    findings.reading(
        "storage",
        snapshot.surroundings().storages(),
        took(snapshot, Source.STORAGE),
        all -> all.size() + " of type zfspool");
    findings.reading(
        "replication",
        snapshot.surroundings().replication(),
        took(snapshot, Source.REPLICATION),
        all -> all.size() + " jobs");
    if (cluster.collectors().contains(Collector.SMART) && cluster.requests().perNode() < 2) {
      findings.add(
          Severity.WARNING,
          "SMART",
          "not asked by the exporter: it takes a slot of its own, and requests.per_node is 1",
          Duration.ZERO,
          "requests: {per_node: 2}   # or collectors: {smart: false}");
    }
    for (NodeSnapshot node : nodes) {
      node(node);
      Optional.ofNullable(snapshot.surroundings().versions().get(node.name()))
          .ifPresent(
              versions ->
                  findings.reading(
                      node.name() + " versions",
                      versions,
                      snapshot
                          .surroundings()
                          .nodeDurations()
                          .getOrDefault(node.name(), Map.of())
                          .getOrDefault(Source.VERSIONS, Duration.ZERO),
                      known ->
                          "pve "
                              + known.pve().orElse("unknown")
                              + ", zfs "
                              + known.zfs().orElse("not installed")));
    }
  }

  private static Duration took(ClusterSnapshot snapshot, Source source) {
    return snapshot.surroundings().durations().getOrDefault(source, Duration.ZERO);
  }

  private void node(NodeSnapshot node) {
    if (!node.online()) {
      findings.add(
          Severity.CRITICAL,
          node.name(),
          "the cluster counts it as offline",
          Duration.ZERO,
          findings.remedies(node.name(), FailureReason.NODE_OFFLINE, ""));
      return;
    }
    findings.reading(
        node.name() + " pools",
        node.pools(),
        node.durations().getOrDefault(Source.POOLS, Duration.ZERO),
        pools -> pools.size() + (pools.size() == 1 ? " pool" : " pools"));
    findings.reading(
        node.name() + " disks",
        node.disks().list(),
        node.durations().getOrDefault(Source.DISKS, Duration.ZERO),
        list -> list.disks().size() + (list.disks().size() == 1 ? " disk" : " disks"));
    for (Pool pool : node.pools().asOptional().orElse(List.of())) {
      String subject = node.name() + " " + pool.listing().name();
      if (pool.status().failure().equals(Optional.of(FailureReason.UNSUPPORTED_NAME))) {
        findings.add(
            Severity.WARNING,
            subject,
            "Proxmox refuses this name, so that only the list tells of the pool",
            Duration.ZERO);
      } else if (pool.status()
              instanceof Reading.Failed<PoolStatus>(FailureReason reason, String detail)
          && reason == FailureReason.API_ERROR) {
        findings.add(
            Severity.CRITICAL,
            subject,
            detail,
            node.durations().getOrDefault(Source.POOL_STATUS, Duration.ZERO),
            Remedies.ofPool(reason, pool.listing().name(), findings.credential())
                .toArray(String[]::new));
      } else {
        findings.reading(
            subject,
            pool.status(),
            node.durations().getOrDefault(Source.POOL_STATUS, Duration.ZERO),
            read ->
                read.unknownTexts().isEmpty()
                    ? "understood"
                    : "understood but for " + String.join(", ", read.unknownTexts().keySet()));
      }
    }
    smart(node);
    zone(node);
  }

  /// Whether a disk of the node tells its SMART values; one is asked.
  private void smart(NodeSnapshot node) {
    SmartTrial trial = trials.get(node.name());
    if (trial != null) {
      findings.reading(
          node.name() + " SMART",
          trial.outcome(),
          trial.took(),
          report -> trial.path() + " was asked and " + shown(report));
    }
  }

  private static String shown(SmartReport report) {
    return switch (report) {
      case SmartReport.Told _ -> "tells it";
      case SmartReport.Silent(SmartReport.Silent.Cause cause) ->
          switch (cause) {
            case NO_ANSWER -> "does not answer";
            case UNREADABLE -> "tells nothing that can be read";
            case DISABLED -> "has it switched off";
            case UNSUPPORTED -> "has none";
          };
    };
  }

  private void zone(NodeSnapshot node) {
    switch (node.clock()) {
      case Reading.Ok<NodeClock>(NodeClock clock, _) ->
          findings.ok(
              node.name() + " zone",
              clock.zone().getId(),
              node.durations().getOrDefault(Source.TIME, Duration.ZERO));
      case Reading.Failed<NodeClock>(FailureReason reason, String detail) ->
          findings.add(
              Severity.WARNING,
              node.name() + " zone",
              detail,
              node.durations().getOrDefault(Source.TIME, Duration.ZERO),
              reason == FailureReason.ZONE_UNKNOWN
                  ? new String[] {"timezone: Europe/Berlin   # the zone of the cluster's nodes"}
                  : findings.remedies(node.name(), reason, detail));
      case Reading.Skipped<NodeClock> _ -> {}
    }
  }
}
