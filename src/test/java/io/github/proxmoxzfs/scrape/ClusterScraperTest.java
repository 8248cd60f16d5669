package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.domain.ScrubHistory.Completed;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterScraperTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final Simulator simulator = start("healthy", clock);
  private final ClusterScraper scraper = scraper(simulator, clock);

  private static Simulator start(String scenario, InstantSource clock) {
    return Simulator.start(Scenario.named(scenario), SimulatorOptions.forTests().withClock(clock));
  }

  private static ClusterScraper scraper(Simulator simulator, InstantSource clock) {
    return ClusterScraper.of(cluster(simulator), fingerprint -> fingerprint, clock);
  }

  private static ClusterConfiguration cluster(Simulator simulator) {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    return ClusterConfiguration.of(
            "test",
            List.of(simulator.endpoint()),
            new Credential.Token(token[0], new Secret(token[1])),
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
        .withRequests(new Requests(2, 8, Duration.ZERO));
  }

  @AfterEach
  void stop() {
    scraper.close();
    simulator.close();
  }

  private ClusterSnapshot collect() {
    return scraper.collect(Deadline.after(Duration.ofSeconds(30)));
  }

  private static NodeSnapshot node(ClusterSnapshot snapshot, String name) {
    return snapshot.nodes().asOptional().orElseThrow().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// The failure of each pool by node and name; none where it was read.
  private static Map<String, Optional<FailureReason>> pools(ClusterSnapshot snapshot) {
    var pools = new TreeMap<String, Optional<FailureReason>>();
    snapshot.forEachPool(
        (node, pool) ->
            pools.put(node.name() + " " + pool.listing().name(), pool.status().failure()));
    return pools;
  }

  @Test
  void oneFailingCallCostsItsOwnReadingOnly() {
    Map<String, Optional<FailureReason>> expected = pools(collect());
    assertThat(expected).hasSize(7).allSatisfy((_, failure) -> assertThat(failure).isEmpty());

    simulator.answer("/nodes/pve1/disks/zfs/tank", Answer.json("<html>"));
    simulator.answer("/nodes/pve2/disks/zfs/media", Answer.error(500, "command failed"));
    expected.put("pve1 tank", Optional.of(FailureReason.MALFORMED));
    expected.put("pve2 media", Optional.of(FailureReason.API_ERROR));
    assertThat(pools(collect())).isEqualTo(expected);
  }

  @Test
  void aNodeWithoutItsListCostsItsOwnPoolsOnly() {
    simulator.answer("/nodes/pve2/disks/zfs", Answer.empty(596, "Connection timed out"));
    ClusterSnapshot snapshot = collect();
    assertThat(node(snapshot, "pve2").pools().failure()).hasValue(FailureReason.NODE_UNREACHABLE);
    assertThat(pools(snapshot).keySet())
        .containsExactly("pve1 rpool", "pve1 tank", "pve3 rpool", "pve3 storage");
  }

  @Test
  void aCallThatHangsIsLateWhenTheDeadlineIsOverAndTheOthersAreThere() {
    simulator.answer(
        "/nodes/pve1/disks/zfs/tank", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
    ClusterSnapshot snapshot = scraper.collect(Deadline.after(Duration.ofSeconds(4)));
    var expected = new TreeMap<>(pools(snapshot));
    assertThat(expected.remove("pve1 tank")).hasValue(FailureReason.TIMED_OUT);
    assertThat(expected).hasSize(6).allSatisfy((_, failure) -> assertThat(failure).isEmpty());
  }

  @Test
  void withoutTheListOfNodesNothingIsKnownAndItIsSaidWhy() {
    simulator.answer("/nodes", Answer.error(500, "no quorum"));
    assertThat(collect().nodes().failure()).hasValue(FailureReason.API_ERROR);
  }

  @Test
  void anOfflineNodeCostsNothingAndOneWithoutStatisticsIsAsked() {
    try (Simulator down = start("nodes-down", clock);
        ClusterScraper ofDown = scraper(down, clock)) {
      ClusterSnapshot snapshot = ofDown.collect(Deadline.after(Duration.ofSeconds(30)));
      assertThat(node(snapshot, "pve2").online()).isFalse();
      assertThat(node(snapshot, "pve2").pools()).isInstanceOf(Reading.Skipped.class);
      assertThat(down.requests()).noneMatch(request -> request.path().contains("/pve2/"));
      assertThat(node(snapshot, "pve3").pools()).isInstanceOf(Reading.Ok.class);
      assertThat(node(snapshot, "pve4").pools().failure()).hasValue(FailureReason.NODE_UNREACHABLE);
    }
  }

  @Test
  void theZoneIsAskedOnceAnHour() {
    collect();
    now.set(now.get().plus(Duration.ofMinutes(59)));
    collect();
    assertThat(simulator.requestCount("/nodes/pve1/time")).isEqualTo(1);
    now.set(now.get().plus(Duration.ofMinutes(2)));
    collect();
    assertThat(simulator.requestCount("/nodes/pve1/time")).isEqualTo(2);
  }

  @Test
  void theZoneIsAskedAgainWhenAScanSeemsToEndInTheFuture() {
    collect();
    now.set(now.get().plus(Duration.ofMinutes(11)));
    simulator.answer(
        "/nodes/pve1/disks/zfs/tank",
        Answer.json(
            """
            {"data":{"name":"tank","state":"ONLINE","errors":"No known data errors","leaf":0,
            "scan":"scrub repaired 0B in 00:00:01 with 0 errors on Sun Nov 22 22:00:00 2026",
            "children":[]}}"""));
    collect();
    assertThat(simulator.requestCount("/nodes/pve1/time")).isEqualTo(2);
    // Not on each scrape, though the date stays odd.
    collect();
    assertThat(simulator.requestCount("/nodes/pve1/time")).isEqualTo(2);
  }

  @Test
  void withoutTheZoneThePoolsAreThere() {
    simulator.answer("/nodes/pve1/time", Answer.error(500, "broken"));
    ClusterSnapshot snapshot = collect();
    assertThat(node(snapshot, "pve1").clock().failure()).hasValue(FailureReason.API_ERROR);
    assertThat(node(snapshot, "pve1").pools().asOptional().orElseThrow())
        .extracting(Pool::status)
        .allMatch(status -> status instanceof Reading.Ok);
  }

  @Test
  void aNodeIsAskedAtMostTwiceAndAClusterEightTimesAtATime() {
    try (Simulator slow =
            Simulator.start(
                Scenario.named("healthy"),
                SimulatorOptions.forTests().withClock(clock).withCallDelay(Duration.ofMillis(30)));
        ClusterScraper ofSlow = scraper(slow, clock)) {
      ofSlow.collect(Deadline.after(Duration.ofSeconds(30)));
      assertThat(slow.maxConcurrentRequests("pve1")).isBetween(1, 2);
      assertThat(slow.maxConcurrentRequests("pve2")).isBetween(1, 2);
      assertThat(slow.maxConcurrentRequests()).isBetween(2, 8);
    }
  }

  @Test
  void aSourceThatNoCollectorNeedsIsNotAsked() {
    assertThat(Sources.neededBy(Set.of()))
        .containsExactlyInAnyOrder(Source.NODES, Source.PERMISSIONS, Source.VERSIONS);
    assertThat(Sources.neededBy(Set.of(Collector.COMPAT)))
        .containsExactlyInAnyOrder(
            Source.NODES,
            Source.POOLS,
            Source.POOL_STATUS,
            Source.TIME,
            Source.PERMISSIONS,
            Source.VERSIONS);
    var switches = new EnumMap<Collector, Boolean>(Collector.class);
    for (Collector collector : Collector.values()) {
      switches.put(collector, false);
    }
    var configuration =
        new Configuration(List.of(cluster(simulator)), Format.YAML, Optional.empty(), List.of())
            .withCollectors(switches);
    try (var ofNothing =
        ClusterScraper.of(configuration.clusters().getFirst(), line -> line, clock)) {
      ClusterSnapshot snapshot = ofNothing.collect(Deadline.after(Duration.ofSeconds(30)));
      assertThat(node(snapshot, "pve1").pools()).isInstanceOf(Reading.Skipped.class);
      assertThat(node(snapshot, "pve1").clock()).isInstanceOf(Reading.Skipped.class);
      assertThat(simulator.requests())
          .allSatisfy(
              request ->
                  assertThat(request.path())
                      .matches("/nodes|/access/permissions|/nodes/pve./apt/versions"));
    }
  }

  @Test
  void aScrubOfTheDemoEndedOnceAndNotAnewWithEachQuestion() {
    Optional<ScrubHistory> before = scrubs(collect());
    now.set(now.get().plus(Duration.ofMinutes(30)));
    assertThat(scrubs(collect())).isEqualTo(before).containsInstanceOf(Completed.class);
  }

  private static Optional<ScrubHistory> scrubs(ClusterSnapshot snapshot) {
    return node(snapshot, "pve1").pools().asOptional().orElseThrow().stream()
        .map(Pool::scrubs)
        .findFirst();
  }

  @Test
  void aTextThatIsNotUnderstoodIsLoggedOnceWhateverItsNumbers() {
    try (var logged = new LoggedLines(ClusterScraper.class)) {
      for (String text : List.of("polished 1% done", "polished 27% done", "rinsed 3% done")) {
        simulator.answer(
            "/nodes/pve1/disks/zfs/tank",
            Answer.json(
                """
                {"data":{"name":"tank","state":"ONLINE","errors":"No known data errors","leaf":0,
                "scan":"%s","children":[]}}"""
                    .formatted(text)));
        assertThat(pools(collect()).get("pve1 tank")).isEmpty();
      }
      assertThat(logged.lines())
          .filteredOn(line -> line.contains("not understood"))
          .satisfiesExactly(
              first -> assertThat(first).contains("pve1 pool tank field scan text polished 1%"),
              second -> assertThat(second).contains("rinsed"));
    }
  }
}
