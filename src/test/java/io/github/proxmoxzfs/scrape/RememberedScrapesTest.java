package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is remembered from scrape to scrape and across restarts, through the wire.
class RememberedScrapesTest {
  private static final String TANK = "/nodes/pve1/disks/zfs/tank";
  private static final ScrubHistory SCRUBBED =
      new ScrubHistory.Completed(
          // Berlin's summer time.
          Instant.parse("2026-09-13T00:24:01Z"),
          OptionalLong.of(2),
          OptionalLong.of(8192),
          Optional.of(Duration.ofMinutes(24)));

  @TempDir private Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests().withClock(clock));

  @AfterEach
  void stop() {
    simulator.close();
  }

  private ClusterScraper scraper() {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    return ClusterScraper.of(
        ClusterConfiguration.of(
                "test",
                List.of(simulator.endpoint()),
                new Credential.Token(token[0], new Secret(token[1])),
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
            .withRequests(new Requests(2, 8, Duration.ZERO)),
        fingerprint -> fingerprint,
        Optional.of(folder),
        clock);
  }

  private static ClusterSnapshot collect(ClusterScraper scraper) {
    return scraper.collect(Deadline.after(Duration.ofSeconds(30)));
  }

  private void tankShows(String scan) {
    simulator.answer(
        TANK,
        Answer.json(
            """
            {"data":{"name":"tank","state":"ONLINE","errors":"No known data errors","leaf":0,
            "scan":"%s","children":[]}}"""
                .formatted(scan)));
  }

  private static ScrubHistory scrubsOfTank(ClusterSnapshot snapshot) {
    return snapshot.nodes().asOptional().orElseThrow().stream()
        .filter(node -> node.name().equals("pve1"))
        .flatMap(node -> node.pools().asOptional().orElseThrow().stream())
        .filter(pool -> pool.listing().name().equals("tank"))
        .map(Pool::scrubs)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aResilverStillTellsTheScrubThatWasBeforeItAndBeforeTheRestart() {
    try (var scraper = scraper()) {
      tankShows("scrub repaired 8K in 00:24:00 with 2 errors on Sun Sep 13 02:24:01 2026");
      assertThat(scrubsOfTank(collect(scraper))).isEqualTo(SCRUBBED);
      tankShows("resilvered 1.5G in 00:10:00 with 0 errors on Sun Nov 22 09:00:00 2026");
      assertThat(scrubsOfTank(collect(scraper))).isEqualTo(SCRUBBED);
    }
    try (var scraper = scraper()) {
      assertThat(scrubsOfTank(collect(scraper))).isEqualTo(SCRUBBED);
      simulator.answer(TANK, Answer.error(500, "command failed"));
      assertThat(scrubsOfTank(collect(scraper))).isEqualTo(SCRUBBED);
      tankShows("scrub repaired 0B in 00:24:00 with 0 errors on Sun Nov 22 10:00:00 2026");
      assertThat(scrubsOfTank(collect(scraper)))
          .isEqualTo(
              new ScrubHistory.Completed(
                  Instant.parse("2026-11-22T09:00:00Z"),
                  OptionalLong.of(0),
                  OptionalLong.of(0),
                  Optional.of(Duration.ofMinutes(24))));
    }
  }

  @Test
  void withoutMemoryAResilverTellsNothing() {
    tankShows("resilvered 1.5G in 00:10:00 with 0 errors on Sun Nov 22 09:00:00 2026");
    try (var scraper = scraper()) {
      assertThat(scrubsOfTank(collect(scraper))).isEqualTo(new ScrubHistory.Unknown());
    }
  }

  @Test
  void aVanishedPoolIsMissingForAWeekOrUntilTold() {
    var tank = new MissingPool("pve1", "tank", MissingPool.Cause.NOT_LISTED);
    var rpool = new MissingPool("pve1", "rpool", MissingPool.Cause.NOT_LISTED);
    try (var scraper = scraper()) {
      assertThat(collect(scraper).missingPools()).isEmpty();
      simulator.answer("/nodes/pve1/disks/zfs", Answer.json("{\"data\":[]}"));
      assertThat(collect(scraper).missingPools()).containsExactly(rpool, tank);
    }
    // Off for longer than a pool is told as missing.
    now.set(now.get().plus(Duration.ofDays(14)));
    try (var scraper = scraper()) {
      assertThat(collect(scraper).missingPools()).containsExactly(rpool, tank);
      assertThat(scraper.forget("pve1", "rpool")).isTrue();
      for (int hour = 1; hour < 7 * 24; hour++) {
        now.set(now.get().plus(Duration.ofHours(1)));
        assertThat(collect(scraper).missingPools()).containsExactly(tank);
      }
      now.set(now.get().plus(Duration.ofHours(1)));
      assertThat(collect(scraper).missingPools()).isEmpty();
    }
  }

  @Test
  void aFailingNodeOrClusterLeavesItsPoolsNamed() {
    try (var scraper = scraper()) {
      collect(scraper);
      simulator.answer("/nodes/pve1/disks/zfs", Answer.error(403, "Permission check failed"));
      assertThat(collect(scraper).missingPools())
          .containsExactly(
              new MissingPool("pve1", "rpool", MissingPool.Cause.NO_LIST),
              new MissingPool("pve1", "tank", MissingPool.Cause.NO_LIST));
      simulator.answer("/nodes", Answer.error(500, "no quorum"));
      assertThat(collect(scraper).missingPools())
          .hasSize(7)
          .allMatch(pool -> pool.cause() == MissingPool.Cause.NO_LIST);
    }
  }
}
