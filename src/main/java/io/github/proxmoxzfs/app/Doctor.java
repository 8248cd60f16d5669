package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Mistake;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.scrape.SmartTrial;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.CheckLine;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Walks a cluster from its endpoints to its sources and says of each step what was found, and what
/// mends it. It tells no secret.
final class Doctor {
  /// How long a disk is waited for: as long as pveproxy waits for it.
  private static final Duration DISK = Duration.ofSeconds(35);

  private final Configuration configuration;
  private final ClusterConfiguration cluster;
  private final UnansweredGuards guards;
  private final Findings findings;

  private Doctor(
      Configuration configuration, ClusterConfiguration cluster, UnansweredGuards guards) {
    this.configuration = configuration;
    this.cluster = cluster;
    this.guards = guards;
    this.findings = new Findings(cluster);
  }

  /// What is wrong with a configuration that could not be used.
  static List<CheckLine> of(List<Mistake> mistakes) {
    return mistakes.stream()
        .map(
            mistake ->
                new CheckLine(
                    "",
                    Severity.CRITICAL,
                    "configuration",
                    mistake.toString(),
                    Optional.empty(),
                    List.of()))
        .toList();
  }

  /// Walks all clusters of a configuration, one after the other.
  ///
  /// @param guards keeps it from asking nodes on which earlier runs left something unanswered; it
  ///   is closed
  static List<CheckLine> of(Configuration configuration, UnansweredGuards guards) {
    var lines = new ArrayList<CheckLine>();
    String clusters = configuration.clusters().size() == 1 ? " cluster" : " clusters";
    lines.add(
        new CheckLine(
            "",
            Severity.HEALTHY,
            "configuration",
            configuration.clusters().size()
                + clusters
                + configuration.file().map(file -> " in " + file).orElse(""),
            Optional.empty(),
            List.of()));
    for (String warning : configuration.warnings()) {
      lines.add(
          new CheckLine(
              "", Severity.WARNING, "configuration", warning, Optional.empty(), List.of()));
    }
    for (ClusterConfiguration cluster : configuration.clusters()) {
      var doctor = new Doctor(configuration, cluster, guards);
      doctor.walk();
      lines.addAll(doctor.findings.lines());
    }
    guards.close();
    return lines;
  }

  private void walk() {
    var endpoints = new EndpointCheck(cluster, findings);
    boolean reachable = false;
    for (URI endpoint : cluster.endpoints()) {
      reachable |= endpoints.isReachable(endpoint);
    }
    if (!reachable) {
      return; // all that follows would fail for the same reason
    }
    try (var scraper =
        ClusterScraper.of(
            OneLook.once(cluster),
            fingerprint -> configuration.acceptLine(cluster, fingerprint),
            InstantSource.system(),
            AnswerListener.NONE,
            guards.of(cluster))) {
      ClusterSnapshot snapshot =
          OneLook.whole(scraper, cluster, new Scope.WholeCluster(), OneLook.patience(cluster));
      Map<String, SmartTrial> trials = scraper.tryForSmart(Deadline.after(DISK));
      guards.looked(cluster);
      guards.end(cluster, Duration.ZERO);
      new AccessCheck(configuration, cluster, findings).check(snapshot, scraper.activity());
      if (snapshot.nodes() instanceof Reading.Ok<List<NodeSnapshot>>(List<NodeSnapshot> nodes, _)) {
        new NodeCheck(cluster, findings, trials).check(nodes, snapshot);
      }
    }
  }
}
