package io.github.proxmoxzfs;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A scraper against a simulator over real TLS, both with one fixed clock.
public final class SimulatedScrape implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final Simulator simulator;
  private final ClusterScraper scraper;

  public SimulatedScrape(Scenario scenario, Instant now) {
    InstantSource clock = InstantSource.fixed(now);
    simulator = Simulator.start(scenario, SimulatorOptions.forTests().withClock(clock));
    var id = Credentials.MONITOR_TOKEN.split("=", 2);
    var cluster =
        ClusterConfiguration.of(
                "simulated",
                List.of(simulator.endpoint()),
                new Credential.Token(id[0], new Secret(id[1])),
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
            .withRequests(new Requests(2, 8, Duration.ZERO));
    scraper = ClusterScraper.of(cluster, fingerprint -> fingerprint, clock);
  }

  Simulator simulator() {
    return simulator;
  }

  public ClusterSnapshot collect() {
    return collect(new Scope.WholeCluster());
  }

  /// The second of two collections, which tells what the first one has begun to ask for.
  private ClusterSnapshot collect(Scope scope) {
    Set<Collector> all = EnumSet.allOf(Collector.class);
    scraper.collect(scope, all, Deadline.after(Duration.ofSeconds(30)));
    scraper.settle(Deadline.after(Duration.ofSeconds(30)));
    return scraper.collect(scope, all, Deadline.after(Duration.ofSeconds(30)));
  }

  /// All metrics of one collection in Prometheus' text format.
  String metrics() {
    return metrics(new Scope.WholeCluster());
  }

  /// The metrics of a part of the cluster, asked for alone.
  String metrics(Scope scope) {
    Set<String> all =
        Arrays.stream(Collector.values()).map(Collector::label).collect(Collectors.toSet());
    ClusterSnapshot snapshot = collect(scope);
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text,
              ClusterMetrics.of(snapshot, all, scope).families(),
              EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    scraper.close();
    simulator.close();
  }
}
