package io.github.proxmoxzfs.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.scrape.WatchedScrapers;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.ReceivedAnswer;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A healthy cluster behind one or two endpoints, over real TLS, and a scraper.
final class Scene implements AutoCloseable, WatchedHttpClient.Watch {
  private final SettableClock ours = new SettableClock();
  private final SettableClock theirs = new SettableClock();
  private final List<Simulator> endpoints = new ArrayList<>();
  private final ClusterScraper scraper;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private volatile WatchedHttpClient.Watch watch = this;

  /// A scraper that logs in by password.
  Scene(int endpoints) {
    this(
        endpoints,
        new Credential.Password(
            Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD)));
  }

  Scene(int number, Credential credential) {
    for (int i = 0; i < number; i++) {
      endpoints.add(
          Simulator.start(
              Scenario.named("healthy"), SimulatorOptions.forTests().withClock(theirs)));
    }
    var cluster =
        ClusterConfiguration.of(
                "scene",
                endpoints.stream().map(Simulator::endpoint).toList(),
                credential,
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
            .withRequests(new Requests(2, 8, Duration.ZERO));
    var passedOn =
        new WatchedHttpClient.Watch() {
          @Override
          public void sending(String path) {
            watch.sending(path);
          }

          @Override
          public void ended(String path) {
            watch.ended(path);
          }
        };
    scraper = WatchedScrapers.of(cluster, ours, real -> new WatchedHttpClient(real, passedOn));
  }

  /// A token; unlike tickets it is good at each of the simulators.
  static Credential token() {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    return new Credential.Token(token[0], new Secret(token[1]));
  }

  /// The endpoint that is asked first.
  Simulator first() {
    return endpoints.getFirst();
  }

  List<Simulator> endpoints() {
    return endpoints;
  }

  SettableClock ours() {
    return ours;
  }

  SettableClock theirs() {
    return theirs;
  }

  void watchedBy(WatchedHttpClient.Watch other) {
    watch = other;
  }

  @Override
  public void sending(String path) {}

  @Override
  public void ended(String path) {
    answered.add(path);
  }

  /// All that was asked for so far.
  Set<String> answered() {
    return Set.copyOf(answered);
  }

  Metrics scrape(Duration allowed) {
    return Metrics.of(
        scraper.collect(
            new Scope.WholeCluster(),
            // Disks are asked for beside the scrapes, for seconds.
            EnumSet.complementOf(EnumSet.of(Collector.DISK, Collector.SMART)),
            Deadline.after(allowed)));
  }

  /// What the first endpoint would answer were there no fault.
  String rightAnswer(Phase phase) {
    try {
      ReceivedAnswer answer =
          phase == Phase.LOGIN
              ? first()
                  .exchange(
                      "POST",
                      "/api2/json/access/ticket",
                      Map.of(),
                      "username="
                          + Credentials.MONITOR_USER
                          + "&password="
                          + Credentials.MONITOR_PASSWORD,
                      Duration.ofSeconds(10))
              : first()
                  .exchange(
                      "GET",
                      "/api2/json" + phase.path(),
                      Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
                      "",
                      Duration.ofSeconds(10));
      assertThat(answer.status()).isEqualTo(200);
      return new String(answer.body(), StandardCharsets.UTF_8);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The fault is over, and all that it holds.
  void mend(Phase phase) {
    first().restore(phase.path());
    first().fault(ConnectionFault.NONE);
    first().certificate(ServerCertificate.PROXMOX);
  }

  @Override
  public void close() {
    scraper.close();
    endpoints.forEach(Simulator::close);
  }
}
