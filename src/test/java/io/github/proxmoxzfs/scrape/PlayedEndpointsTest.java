package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.time.InMemoryHttpClient;
import io.github.proxmoxzfs.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Endpoints that go and come, and credentials that are refused, in hours that are played.
class PlayedEndpointsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final String[] TOKEN = Credentials.MONITOR_TOKEN.split("=", 2);
  private static final Map<String, String> ALL_WELL =
      Map.of(
          "pve1", "rpool:ok tank:ok",
          "pve2", "fast:ok media:ok rpool:ok",
          "pve3", "rpool:ok storage:ok");

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));
  private final Simulator first = start();
  private final Simulator second = start();
  private ClusterScraper scraper = scraper(new Credential.Token(TOKEN[0], new Secret(TOKEN[1])));

  private Simulator start() {
    return Simulator.start(
        Scenario.named("healthy"), SimulatorOptions.defaults().withClock(time).withWaiting(time));
  }

  private ClusterScraper scraper(Credential credential) {
    var wire = new InMemoryHttpClient(time, first, second);
    var configuration =
        ClusterConfiguration.of(
            "played",
            List.of(first.endpoint(), second.endpoint()),
            credential,
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
    return new ClusterScraper(
        configuration,
        new ProxmoxClient(Connections.of(configuration, line -> line), time, _ -> wire),
        ClusterMemory.of("played", configuration.forgetAfter(), Optional.empty(), time),
        time);
  }

  @AfterEach
  void stop() {
    scraper.close();
    first.close();
    second.close();
  }

  private void play(Runnable story) {
    time.play(
        () -> {
          story.run();
          return true;
        });
  }

  /// One scrape, and the time until the next one.
  private ClusterSnapshot scrape() {
    long began = time.nanos();
    ClusterSnapshot snapshot = scraper.collect(Deadline.after(PlayedCluster.ALLOWED, time));
    Duration took = Duration.ofNanos(time.nanos() - began);
    assertThat(took).isLessThan(PlayedCluster.ALLOWED.plusMillis(400));
    time.pass(INTERVAL.minus(took));
    return snapshot;
  }

  private void isAllWell() {
    assertThat(PlayedCluster.outcome(scrape())).isEqualTo(ALL_WELL);
  }

  private void scrapeFor(Duration duration, Runnable scrape) {
    for (long left = duration.dividedBy(INTERVAL); left > 0; left--) {
      scrape.run();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ConnectionFault.class,
      names = {"REFUSED", "RESET", "DROPPED", "SILENT_AFTER_REQUEST"})
  void theFirstEndpointIsReturnedToOnceItIsBack(ConnectionFault fault) {
    play(
        () -> {
          isAllWell();
          first.fault(fault);
          scrapeFor(Duration.ofMinutes(30), this::isAllWell);
          first.fault(ConnectionFault.NONE);
          first.forgetRequests();
          scrapeFor(Duration.ofMinutes(6), this::isAllWell);
          assertThat(first.requestCount("/nodes")).isPositive();
          second.forgetRequests();
          scrapeFor(Duration.ofMinutes(10), this::isAllWell);
          assertThat(second.requestCount("/nodes")).isZero();
          assertThat(second.requestCount("/version")).isBetween(1L, 3L);
        });
  }

  @Test
  void aRefusedTokenIsTriedEverMoreSeldom() {
    play(
        () -> {
          isAllWell();
          first.answer("/nodes", Answer.empty(401, "Authentication failed!"));
          first.forgetRequests();
          scrapeFor(
              Duration.ofHours(2),
              () -> assertThat(scrape().nodes().failure()).contains(FailureReason.UNAUTHORIZED));
          // After 30 s, 1, 2, 4, 8 minutes, and each 10 minutes from then on.
          assertThat(first.requestCount("/nodes")).isBetween(10L, 17L);
          assertThat(second.requestCount("/nodes")).isZero();
          first.restore("/nodes");
          time.pass(Duration.ofMinutes(10));
          isAllWell();
        });
  }

  @Test
  void aRefusedLoginIsTriedEverMoreSeldom() {
    scraper.close();
    scraper =
        scraper(
            new Credential.Password(
                Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD)));
    play(
        () -> {
          first.refuseLogins();
          scrapeFor(
              Duration.ofHours(2),
              () -> assertThat(scrape().nodes().failure()).contains(FailureReason.UNAUTHORIZED));
          assertThat(first.requestCount("/access/ticket")).isBetween(10L, 17L);
          assertThat(second.requestCount("/access/ticket")).isZero();
          first.restore("/access/ticket");
          time.pass(Duration.ofMinutes(10));
          isAllWell();
        });
  }
}
