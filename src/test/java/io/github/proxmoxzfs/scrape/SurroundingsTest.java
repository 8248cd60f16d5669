package io.github.proxmoxzfs.scrape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.domain.ZfsStorage;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked less often than scrapes come: how often, and that no scrape waits for it.
class SurroundingsTest {
  private final PlayedCluster cluster = new PlayedCluster(Scenario.named("healthy"));

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void play(Runnable story) {
    cluster.time.play(
        () -> {
          story.run();
          return true;
        });
  }

  private Surroundings scrape() {
    return cluster.scrape().surroundings();
  }

  /// How often each path was asked for, those of each scrape and of pools left out.
  private Map<String, Long> asked() {
    return cluster.simulator.requests().stream()
        .map(ReceivedRequest::path)
        .filter(path -> !path.matches("/nodes|/nodes/pve./(disks/.*|time)"))
        .collect(Collectors.groupingBy(path -> path, Collectors.counting()));
  }

  /// Scrapes for so long, and tells how long each scrape took.
  private List<Duration> scrapeFor(Duration duration, Duration interval) {
    var took = new ArrayList<Duration>();
    for (long left = duration.dividedBy(interval); left > 0; left--) {
      long began = cluster.time.nanos();
      cluster.scrape();
      Duration one = Duration.ofNanos(cluster.time.nanos() - began);
      took.add(one);
      cluster.pass(interval.minus(one));
    }
    return took;
  }

  @Test
  void eachIsAskedInItsRhythm() {
    play(
        () -> {
          scrapeFor(Duration.ofHours(2), Duration.ofSeconds(15));
          assertThat(asked())
              .isEqualTo(
                  Map.of(
                      "/access/permissions", 2L,
                      "/storage", 2L,
                      "/cluster/resources", 480L,
                      "/cluster/replication", 120L,
                      "/nodes/pve1/replication", 120L,
                      "/nodes/pve2/replication", 120L,
                      "/nodes/pve1/apt/versions", 2L,
                      "/nodes/pve2/apt/versions", 2L,
                      "/nodes/pve3/apt/versions", 2L));
        });
  }

  @Test
  void aMinuteIsAMinuteThoughScrapesComeALittleEarly() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(20), Duration.ofMillis(59_500));
          assertThat(asked()).containsEntry("/cluster/replication", 20L);
        });
  }

  @Test
  void whoDoesNotScrapeAsksForNothing() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(1), Duration.ofSeconds(15));
          cluster.settle();
          cluster.simulator.forgetRequests();
          cluster.pass(Duration.ofHours(3));
          assertThat(cluster.simulator.requests()).isEmpty();
        });
  }

  @Test
  void sourcesOfReplicationAreAskedOneAfterTheOther() {
    var asked = new ArrayList<String>();
    for (String node : List.of("pve1", "pve2")) {
      cluster.simulator.answer(
          "/nodes/" + node + "/replication",
          request -> {
            asked.add(request.path() + " at " + cluster.time.nanos() / 1_000_000_000L);
            return Answer.json("{\"data\":[]}").delayed(Duration.ofSeconds(7));
          });
    }
    play(
        () -> {
          scrape();
          cluster.settle();
          assertThat(asked)
              .containsExactly("/nodes/pve1/replication at 0", "/nodes/pve2/replication at 7");
        });
  }

  @Test
  void noScrapeWaitsForWhatIsAskedBesideIt() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(50), Duration.ofSeconds(15));
          List<Duration> usual = scrapeFor(Duration.ofMinutes(5), Duration.ofSeconds(15));
          for (String path :
              List.of(
                  "/access/permissions",
                  "/storage",
                  "/cluster/replication",
                  "/nodes/pve1/replication",
                  "/nodes/pve1/apt/versions")) {
            cluster.simulator.answer(
                path, Answer.empty(596, "Connection timed out").delayed(Duration.ofSeconds(30)));
          }
          assertThat(scrapeFor(Duration.ofMinutes(10), Duration.ofSeconds(15)))
              .allSatisfy(took -> assertThat(took).isLessThanOrEqualTo(max(usual)));
          Surroundings known = scrape();
          assertThat(known.replication().failure()).isPresent();
          assertThat(known.rights())
              .as("good for two hours after it was read")
              .isInstanceOf(Reading.Ok.class);
          cluster.pass(Duration.ofHours(1));
          assertThat(scrape().rights().failure()).hasValue(FailureReason.NODE_UNREACHABLE);
        });
  }

  @Test
  void afterALongPauseTheFirstScrapeTellsNothingOld() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(2), Duration.ofSeconds(15));
          cluster.settle();
          for (Duration pause : List.of(Duration.ofMinutes(5), Duration.ofHours(3))) {
            cluster.pass(pause);
            Instant resumed = cluster.time.instant();
            ClusterSnapshot snapshot = cluster.scrape();
            assertThat(snapshot.surroundings().replication())
                .isInstanceOfSatisfying(
                    Reading.Ok.class, ok -> assertThat(ok.readAt()).isAfterOrEqualTo(resumed));
            assertThat(snapshot.nodes().asOptional().orElseThrow())
                .allSatisfy(
                    node ->
                        assertThat(node.disks().list())
                            .isInstanceOfSatisfying(
                                Reading.Ok.class,
                                ok ->
                                    assertThat(ok.readAt())
                                        .isAfterOrEqualTo(resumed.minus(Duration.ofMinutes(20)))));
          }
          assertThat(scrape().rights()).isInstanceOf(Reading.Ok.class);
        });
  }

  @Test
  void afterALongPauseWhatIsNotAnsweredIsLeftOut() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(2), Duration.ofSeconds(15));
          cluster.settle();
          for (String path :
              List.of("/cluster/replication", "/nodes/pve1/disks/list", "/access/permissions")) {
            cluster.simulator.answer(
                path, Answer.json("{\"data\":[]}").delivered(new Answer.Delivery.Silence()));
          }
          cluster.pass(Duration.ofHours(3));
          ClusterSnapshot snapshot = cluster.scrape();
          assertThat(snapshot.surroundings().replication()).isInstanceOf(Reading.Skipped.class);
          assertThat(snapshot.surroundings().rights()).isInstanceOf(Reading.Skipped.class);
          assertThat(snapshot.nodes().asOptional().orElseThrow().getFirst().disks().list())
              .isInstanceOf(Reading.Skipped.class);
          assertThat(PlayedCluster.outcome(snapshot)).containsEntry("pve1", "rpool:ok tank:ok");
        });
  }

  private static String storage(String node, String name, String status) {
    return "{\"plugintype\":\"zfspool\",\"node\":\"%s\",\"storage\":\"%s\",\"status\":\"%s\",\"disk\":1,\"maxdisk\":2}"
        .formatted(node, name, status);
  }

  private static Answer data(String... rows) {
    return Answer.json("{\"data\":[" + String.join(",", rows) + "]}");
  }

  @Test
  void aNewStorageIsToldWithinAMinute() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(5), Duration.ofSeconds(15));
          cluster.simulator.answer(
              "/cluster/resources?type=storage", data(storage("pve1", "new", "available")));
          cluster.simulator.answer(
              "/storage", data("{\"type\":\"zfspool\",\"storage\":\"new\",\"pool\":\"tank/new\"}"));
          scrape();
          cluster.settle();
          assertThat(scrape().storages().asOptional().orElseThrow())
              .singleElement()
              .satisfies(storage -> assertThat(storage.dataset()).isEqualTo("tank/new"));
        });
  }

  @Test
  void aStorageThatIsNowhereConfiguredIsLookedForOnceAMinute() {
    cluster.simulator.answer(
        "/cluster/resources?type=storage", data(storage("pve1", "odd", "available")));
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(10), Duration.ofSeconds(15));
          assertThat(cluster.simulator.requestCount("/storage")).isBetween(9L, 11L);
        });
  }

  @Test
  void aStorageIsCalledInactiveOnlyWherePvestatdMustHaveLookedAtIt() {
    cluster.simulator.answer(
        "/cluster/resources?type=storage", data(storage("pve1", "tank", "unknown")));
    cluster.simulator.answer(
        "/storage", data("{\"type\":\"zfspool\",\"storage\":\"tank\",\"pool\":\"tank\"}"));
    play(
        () -> {
          scrape();
          assertThat(activity()).isEqualTo(ZfsStorage.Activity.INACTIVE);
          cluster.simulator.reboot("pve1");
          scrapeFor(Duration.ofMinutes(1), Duration.ofSeconds(15));
          assertThat(activity()).isEqualTo(ZfsStorage.Activity.UNKNOWN);
          scrapeFor(Duration.ofMinutes(4), Duration.ofSeconds(15));
          assertThat(activity()).isEqualTo(ZfsStorage.Activity.INACTIVE);
          cluster.simulator.answer("/nodes", data("{\"node\":\"pve1\",\"status\":\"unknown\"}"));
          cluster.pass(Duration.ofSeconds(10));
          assertThat(activity()).isEqualTo(ZfsStorage.Activity.UNKNOWN);
        });
  }

  private ZfsStorage.Activity activity() {
    return scrape().storages().asOptional().orElseThrow().getFirst().activity();
  }

  private static Duration max(List<Duration> durations) {
    return durations.stream().max(Duration::compareTo).orElseThrow();
  }

  @Test
  void theFirstScrapeWaitsForTheClustersPrivilegesButNotForEver() {
    cluster.simulator.answer(
        "/access/permissions",
        Answer.json("{\"data\":{}}").delivered(new Answer.Delivery.Silence()));
    play(
        () -> {
          cluster.scrape();
          assertThat(Duration.ofNanos(cluster.time.nanos()))
              .isBetween(PlayedCluster.ALLOWED, PlayedCluster.ALLOWED.plusMillis(400));
          long began = cluster.time.nanos();
          cluster.scrape();
          assertThat(Duration.ofNanos(cluster.time.nanos() - began))
              .isLessThan(Duration.ofSeconds(2));
        });
  }

  @Test
  void aSourceThatDoesNotAnswerIsNotTakenForOneThatReportsNothing() {
    cluster.simulator.answer("/nodes/pve1/replication", Answer.error(500, "no lock"));
    cluster.simulator.answer("/nodes/pve2/replication", Answer.json("{\"data\":[]}"));
    play(
        () -> {
          scrape();
          cluster.settle();
          Map<String, Reading<ReplicationJob.Report>> reports = reports(cluster.scrape());
          assertThat(requireNonNull(reports.get("100-0")).failure())
              .hasValue(FailureReason.API_ERROR);
          assertThat(reports.get("204-0")).isInstanceOf(Reading.Skipped.class);
        });
  }

  @Test
  void aNodeWhoseRequestsHangIsNotAskedForItsReplication() {
    play(
        () -> {
          scrapeFor(Duration.ofMinutes(2), Duration.ofSeconds(15));
          cluster.simulator.hang("pve2");
          scrapeFor(Duration.ofMinutes(2), Duration.ofSeconds(15));
          cluster.simulator.forgetRequests();
          scrapeFor(Duration.ofMinutes(5), Duration.ofSeconds(15));
          assertThat(cluster.simulator.requestCount("/nodes/pve2/replication")).isZero();
          assertThat(cluster.simulator.requestCount("/nodes/pve1/replication")).isEqualTo(5);
          ClusterSnapshot snapshot = cluster.scrape();
          assertThat(
                  requireNonNull(snapshot.surroundings().replicationByNode().get("pve2")).failure())
              .hasValue(FailureReason.STUCK);
        });
  }

  @Test
  void aJobWhoseSourceIsExcludedIsNotTakenForOneThatNobodyReports() {
    try (var some = new PlayedCluster(Scenario.named("healthy"), SurroundingsTest::withoutPve1)) {
      some.time.play(
          () -> {
            some.scrape();
            some.settle();
            Map<String, Reading<ReplicationJob.Report>> reports = reports(some.scrape());
            assertThat(requireNonNull(reports.get("100-0")).failure())
                .hasValue(FailureReason.NOT_ASKED);
            assertThat(reports.get("204-0")).isInstanceOf(Reading.Ok.class);
            return true;
          });
      assertThat(some.simulator.requestCount("/nodes/pve1/replication")).isZero();
    }
  }

  private static ClusterConfiguration withoutPve1(ClusterConfiguration cluster) {
    return new ClusterConfiguration(
        cluster.name(),
        cluster.endpoints(),
        cluster.credential(),
        cluster.trust(),
        cluster.serverName(),
        cluster.timeout(),
        cluster.timezone(),
        new NodeFilter(List.of("*"), List.of("pve1")),
        cluster.requests(),
        cluster.collectors(),
        cluster.smart(),
        cluster.forgetAfter(),
        cluster.locations());
  }

  private static Map<String, Reading<ReplicationJob.Report>> reports(ClusterSnapshot snapshot) {
    return snapshot.surroundings().replication().asOptional().orElseThrow().stream()
        .collect(Collectors.toMap(ReplicationJob::id, ReplicationJob::report));
  }
}
