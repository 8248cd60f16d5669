package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.time.InMemoryHttpClient;
import io.github.proxmoxzfs.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A scraper and its simulated cluster, who share a time that is played.
final class PlayedCluster implements AutoCloseable {
  /// As Prometheus' default of 10 s leaves.
  static final Duration ALLOWED = Duration.ofMillis(9500);

  final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));
  final Simulator simulator;
  final ClusterScraper scraper;

  PlayedCluster(Scenario scenario) {
    this(scenario, UnaryOperator.identity());
  }

  PlayedCluster(Scenario scenario, UnaryOperator<ClusterConfiguration> settings) {
    this(scenario, settings, Optional.empty());
  }

  /// @param state the state directory
  PlayedCluster(
      Scenario scenario, UnaryOperator<ClusterConfiguration> settings, Optional<Path> state) {
    simulator =
        Simulator.start(
            scenario,
            SimulatorOptions.defaults()
                .withClock(time)
                .withWaiting(time)
                .withCallDelay(Duration.ofMillis(25)));
    var id = Credentials.MONITOR_TOKEN.split("=", 2);
    var configuration =
        settings.apply(
            ClusterConfiguration.of(
                "played",
                List.of(simulator.endpoint()),
                new Credential.Token(id[0], new Secret(id[1])),
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint()))));
    scraper = scraper(configuration, state);
  }

  private ClusterScraper scraper(ClusterConfiguration configuration, Optional<Path> state) {
    var wire = new InMemoryHttpClient(time, simulator);
    return new ClusterScraper(
        configuration,
        new ProxmoxClient(Connections.of(configuration, line -> line), time, _ -> wire),
        ClusterMemory.of("played", configuration.forgetAfter(), state, time),
        time);
  }

  /// One scrape; to be called while the time is played.
  ClusterSnapshot scrape() {
    return scraper.collect(Deadline.after(ALLOWED, time));
  }

  /// Lets what was begun in the background come to its end; to be called while the time is played.
  void settle() {
    scraper.settle(Deadline.after(Duration.ofHours(1), time));
  }

  void pass(Duration duration) {
    time.pass(duration);
  }

  /// What a scrape tells of each node: its pools, `ok` or the reason of the failure, or the reason
  /// why there are none.
  static Map<String, String> outcome(ClusterSnapshot snapshot) {
    var outcome = new TreeMap<String, String>();
    for (NodeSnapshot node : snapshot.nodes().asOptional().orElseThrow()) {
      outcome.put(
          node.name(),
          node.pools()
              .failure()
              .map(reason -> reason.label())
              .orElseGet(() -> pools(node.pools().asOptional().orElse(List.of()))));
    }
    return outcome;
  }

  private static String pools(List<Pool> pools) {
    return String.join(
        " ",
        pools.stream()
            .map(
                pool ->
                    pool.listing().name()
                        + ":"
                        + pool.status().failure().map(reason -> reason.label()).orElse("ok"))
            .sorted()
            .toList());
  }

  @Override
  public void close() {
    scraper.close();
    simulator.close();
  }
}
