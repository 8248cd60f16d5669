package io.github.proxmoxzfs.scrape;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ScenarioNode;
import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When disks are listed and asked for SMART, in hours that are played.
class DiskScheduleTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final Duration FIVE = Duration.ofSeconds(5);

  private static final String PASSED =
      "{\"data\":{\"type\":\"ata\",\"health\":\"PASSED\",\"attributes\":[{\"id\":\"194\","
          + "\"name\":\"Temperature_Celsius\",\"flags\":\"-O---K\",\"value\":66,\"worst\":40,"
          + "\"threshold\":0,\"fail\":\"-\",\"normalized\":66,\"raw\":\"%s\"}]}}";

  private static void play(PlayedCluster cluster, Runnable story) {
    cluster.time.play(
        () -> {
          story.run();
          return true;
        });
  }

  private static List<Duration> scrapeFor(PlayedCluster cluster, Duration duration) {
    var took = new ArrayList<Duration>();
    for (long left = duration.dividedBy(INTERVAL); left > 0; left--) {
      long began = cluster.time.nanos();
      cluster.scrape();
      Duration one = Duration.ofNanos(cluster.time.nanos() - began);
      took.add(one);
      cluster.pass(INTERVAL.minus(one));
    }
    return took;
  }

  private static Map<String, SmartReading> smart(ClusterSnapshot snapshot, String node) {
    return snapshot.nodes().asOptional().orElseThrow().stream()
        .filter(one -> one.name().equals(node))
        .map(NodeSnapshot::disks)
        .flatMap(disks -> disks.smart().entrySet().stream())
        .collect(Collectors.toMap(entry -> entry.getKey().serial(), Map.Entry::getValue));
  }

  private static long asked(PlayedCluster cluster, String node) {
    return cluster.simulator.requestCount("/nodes/" + node + "/disks/smart");
  }

  @Test
  void disksAreListedEveryTenMinutesAndEachAskedOnceAnHour() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(2));
            assertThat(smart(cluster.scrape(), "pve1")).hasSize(9);
            cluster.simulator.forgetRequests();
            scrapeFor(cluster, Duration.ofHours(2));
            assertThat(asked(cluster, "pve1")).isBetween(9 * 1L, 9 * 3L);
            assertThat(cluster.simulator.requestCount("/nodes/pve1/disks/list"))
                .isBetween(11L, 13L);
          });
    }
  }

  @Test
  void rotatingDisksOutsideOfPoolsSleepOn() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      cluster.simulator.answer(
          "/nodes/pve3/disks/list?skipsmart=1",
          Answer.json(disks("sda:hdd:IDLE", "sdb:ssd:FLASH", "sdc:unknown:SAS")));
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(2));
            assertThat(
                    cluster.simulator.requests().stream()
                        .map(ReceivedRequest::pathWithQuery)
                        .filter(path -> path.startsWith("/nodes/pve3/disks/smart")))
                .containsExactly("/nodes/pve3/disks/smart?disk=/dev/sdb");
          });
    }
  }

  private static String disks(String... disks) {
    return Arrays.stream(disks)
        .map(disk -> disk.split(":", -1))
        .map(
            disk ->
                "{\"devpath\":\"/dev/%s\",\"type\":\"%s\",\"serial\":\"%s\",\"model\":\"M\",\"size\":1000,\"wwn\":\"unknown\",\"rpm\":-1}"
                    .formatted(disk[0], disk[1], disk[2]))
        .collect(Collectors.joining(",", "{\"data\":[", "]}"));
  }

  @Test
  void afterARestartThatSwapsTwoDisksNoReadingStandsUnderTheWrongOne() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      Map<String, String> serials = new ConcurrentHashMap<>(Map.of("sda", "COLD", "sdb", "HOT"));
      Map<String, String> temperatures = Map.of("COLD", "20", "HOT", "50");
      cluster.simulator.answer(
          "/nodes/pve3/disks/list",
          _ ->
              Answer.json(disks("sda:ssd:" + serials.get("sda"), "sdb:ssd:" + serials.get("sdb"))));
      cluster.simulator.answer(
          "/nodes/pve3/disks/smart",
          request -> {
            String path = request.pathWithQuery();
            String serial = requireNonNull(serials.get(path.substring(path.length() - 3)));
            return Answer.json(PASSED.formatted(temperatures.get(serial)));
          });
      play(
          cluster,
          () -> {
            for (int restart = 0; restart < 20; restart++) {
              serials.put("sda", restart % 2 == 0 ? "HOT" : "COLD");
              serials.put("sdb", restart % 2 == 0 ? "COLD" : "HOT");
              cluster.simulator.reboot("pve3");
              // Some in the middle of the pass in which disks are asked.
              cluster.pass(Duration.ofMillis(61L * restart));
              for (int scrape = 0; scrape < 60; scrape++) {
                smart(cluster.scrape(), "pve3")
                    .forEach(
                        (serial, reading) ->
                            assertThat(temperature(reading))
                                .as(serial)
                                .isIn(List.of(temperatures.get(serial), "none")));
                cluster.pass(INTERVAL);
              }
            }
            assertThat(smart(cluster.scrape(), "pve3"))
                .hasEntrySatisfying("COLD", cold -> assertThat(temperature(cold)).isEqualTo("20"))
                .hasEntrySatisfying("HOT", hot -> assertThat(temperature(hot)).isEqualTo("50"));
          });
    }
  }

  /// The node is restarted while the exporter is off: what stands in its state file is of disks
  /// that have other names now.
  @Test
  void noReadingOfTheStateFileStandsUnderTheWrongDiskAfterARestartOfBoth(@TempDir Path state) {
    try (var before = withTwoDisks(state, "COLD", "HOT")) {
      play(before, () -> scrapeFor(before, Duration.ofMinutes(12)));
      assertThat(before.time.play(() -> temperatures(before.scrape())))
          .containsExactlyInAnyOrder("sda 20", "sdb 50");
    }
    try (var after = withTwoDisks(state, "HOT", "COLD")) {
      for (String device : List.of("sda", "sdb")) { // so that what is told is remembered
        after.simulator.answer(
            "/nodes/pve3/disks/smart?disk=/dev/" + device, Answer.error(403, "not now"));
      }
      play(
          after,
          () -> {
            assertThat(temperatures(after.scrape())).isEmpty();
            for (int scrape = 0; scrape < 60; scrape++) {
              assertThat(temperatures(after.scrape())).isSubsetOf("sda 50", "sdb 20");
              after.pass(INTERVAL);
            }
            assertThat(temperatures(after.scrape())).containsExactlyInAnyOrder("sda 50", "sdb 20");
          });
    }
  }

  private static PlayedCluster withTwoDisks(Path state, String sda, String sdb) {
    var cluster =
        new PlayedCluster(Scenario.named("healthy"), settings -> settings, Optional.of(state));
    Map<String, String> temperatures = Map.of("COLD", "20", "HOT", "50");
    cluster.simulator.answer(
        "/nodes/pve3/disks/list", Answer.json(disks("sda:ssd:" + sda, "sdb:ssd:" + sdb)));
    Map.of("sda", sda, "sdb", sdb)
        .forEach(
            (device, serial) ->
                cluster.simulator.answer(
                    "/nodes/pve3/disks/smart?disk=/dev/" + device,
                    Answer.json(PASSED.formatted(temperatures.get(serial)))));
    return cluster;
  }

  /// By device, as the metrics tell them.
  private static List<String> temperatures(ClusterSnapshot snapshot) {
    return ClusterMetrics.of(snapshot, Set.of("disk", "smart")).families().stream()
        .filter(family -> family.getMetadata().getName().equals("smartctl_device_temperature"))
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point -> "pve3".equals(point.getLabels().get("node")))
        .map(
            point ->
                point.getLabels().get("device")
                    + " "
                    + (long) ((GaugeSnapshot.GaugeDataPointSnapshot) point).getValue())
        .toList();
  }

  private static String temperature(SmartReading reading) {
    return reading
        .told()
        .flatMap(told -> told.value().value(SmartValue.TEMPERATURE_CELSIUS))
        .map(BigDecimal::toPlainString)
        .orElse("none");
  }

  /// Ten nodes of three pools and thirty disks, all of which take 5 s for SMART, and some nodes
  /// never answer for one of theirs.
  private static PlayedCluster large(Map<String, List<Duration>> begun) {
    Scenario pools = Scenario.generated(10, 3);
    var cluster = new PlayedCluster(pools);
    String list =
        IntStream.range(0, 30)
            .mapToObj(disk -> String.format(Locale.ROOT, "nvme%dn1:nvme:N%02d", disk, disk))
            .collect(Collectors.collectingAndThen(Collectors.toList(), DiskScheduleTest::listOf));
    pools
        .nodes()
        .forEach(
            node -> {
              String disks = "/nodes/" + node.name() + "/disks/";
              cluster.simulator.answer(
                  disks + "list", Answer.json(list).delayed(Duration.ofMillis(800)));
              cluster.simulator.answer(
                  disks + "smart",
                  _ -> {
                    begun
                        .computeIfAbsent(node.name(), _ -> new CopyOnWriteArrayList<>())
                        .add(Duration.ofNanos(cluster.time.nanos()));
                    return Answer.json(PASSED.formatted("30")).delayed(Duration.ofSeconds(5));
                  });
            });
    return cluster;
  }

  private static String listOf(List<String> all) {
    return disks(all.toArray(String[]::new));
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  @Test
  void smartOfThreeHundredSlowDisksCostsTheMedianScrapeNothing() {
    Duration without;
    try (var cluster = new PlayedCluster(Scenario.generated(10, 3))) {
      without = cluster.time.play(() -> median(scrapeFor(cluster, Duration.ofMinutes(30))));
    }
    Map<String, List<Duration>> begun = new ConcurrentHashMap<>();
    try (var cluster = large(begun)) {
      play(
          cluster,
          () -> {
            for (String node : List.of("pve03", "pve07")) {
              cluster.simulator.answer(
                  "/nodes/" + node + "/disks/smart?disk=/dev/nvme7n1",
                  Answer.json("{}").delivered(new Answer.Delivery.Silence()));
            }
            List<Duration> took = scrapeFor(cluster, Duration.ofMinutes(90));
            assertThat(median(took)).isEqualTo(without);
            assertThat(begun).hasSize(10);
            begun.forEach(
                (node, moments) ->
                    assertThat(moments)
                        .as("one at a time on " + node)
                        .zipSatisfy(
                            Stream.concat(
                                    Stream.of(moments.getFirst().minusSeconds(5)), moments.stream())
                                .limit(moments.size())
                                .toList(),
                            (moment, last) ->
                                assertThat(moment.minus(last)).isGreaterThanOrEqualTo(FIVE)));
            ClusterSnapshot snapshot = cluster.scrape();
            for (String node : List.of("pve01", "pve10")) {
              assertThat(smart(snapshot, node)).hasSize(30);
              assertThat(cluster.simulator.maximumBusyWorkers(node)).isLessThanOrEqualTo(2);
            }
            for (String node : List.of("pve03", "pve07")) {
              assertThat(smart(snapshot, node).values())
                  .anyMatch(reading -> reading.latest() instanceof Reading.Failed<SmartReport>);
              assertThat(cluster.simulator.maximumBusyWorkers(node)).isLessThanOrEqualTo(2);
            }
          });
    }
  }

  @Test
  void whereOneNeverAnsweredNoneIsAskedAnyMoreUntilTheNodeRestarts() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      cluster.simulator.answer(
          "/nodes/pve1/disks/smart",
          Answer.empty(596, "Connection timed out").delayed(Duration.ofSeconds(30)));
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofHours(3));
            assertThat(asked(cluster, "pve1")).isEqualTo(1);
            assertThat(asked(cluster, "pve2")).isGreaterThan(10);
            assertThat(
                    cluster.scrape().nodes().asOptional().orElseThrow().getFirst().responsiveness())
                .satisfies(
                    known -> {
                      assertThat(known.stuckRequests()).isEqualTo(1);
                      assertThat(known.unresponsiveSince()).isEmpty();
                    });
            assertThat(smart(cluster.scrape(), "pve1").values())
                .extracting(reading -> reading.failure().orElse(""))
                .containsOnly("node_unreachable", "stuck");
            cluster.simulator.restore("/nodes/pve1/disks/smart");
            cluster.simulator.reboot("pve1");
            cluster.simulator.forgetRequests();
            scrapeFor(cluster, Duration.ofMinutes(30));
            assertThat(asked(cluster, "pve1")).isEqualTo(9);
            assertThat(smart(cluster.scrape(), "pve1").values())
                .extracting(reading -> reading.failure().orElse(""))
                .containsOnly("");
          });
    }
  }

  /// A silence that the endpoint shares is not known to be the node's.
  @Test
  void anEndpointThatIsSilentForAWhileDoesNotEndSmartForGood() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            cluster.simulator.answer(
                "/nodes/pve1/disks/smart",
                Answer.empty(596, "Connection timed out").delayed(Duration.ofSeconds(30)));
            cluster.simulator.answer(
                "/version", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
            scrapeFor(cluster, Duration.ofMinutes(1));
            assertThat(asked(cluster, "pve1")).isEqualTo(1);
            cluster.simulator.restore("/nodes/pve1/disks/smart");
            cluster.simulator.restore("/version");
            scrapeFor(cluster, Duration.ofMinutes(9));
            assertThat(asked(cluster, "pve1")).isEqualTo(1);
            scrapeFor(cluster, Duration.ofMinutes(15));
            assertThat(asked(cluster, "pve1")).isGreaterThan(9);
            scrapeFor(cluster, Duration.ofMinutes(10));
            assertThat(smart(cluster.scrape(), "pve1").values())
                .extracting(reading -> reading.failure().orElse(""))
                .containsOnly("");
          });
    }
  }

  /// What failed because a node was away is well again soon after it is back, however long that
  /// took: sooner than the alert of the node ends, which is kept for ten minutes. And the node is
  /// tried by one disk a minute, not by all.
  @ParameterizedTest
  @EnumSource(
      value = Behaviour.class,
      names = {"REFUSED", "NO_ROUTE", "DROPPED"})
  void nothingOfANodeStaysFailedAfterItIsBack(Behaviour away) {
    for (Duration outage : List.of(Duration.ofMinutes(33), Duration.ofMinutes(150))) {
      try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
        play(
            cluster,
            () -> {
              scrapeFor(cluster, Duration.ofMinutes(30));
              cluster.simulator.change(behaving("pve1", away));
              cluster.simulator.forgetRequests();
              scrapeFor(cluster, outage);
              assertThat(failedSources(cluster.scrape()))
                  .contains("pve1 pools")
                  .allMatch(source -> source.startsWith("pve1 "));
              assertThat(asked(cluster, "pve1")).isLessThanOrEqualTo(outage.toMinutes());
              cluster.simulator.change(behaving("pve1", Behaviour.ANSWERS));
              scrapeFor(cluster, Duration.ofMinutes(2));
              assertThat(failedSources(cluster.scrape())).isEmpty();
            });
      }
    }
  }

  @Test
  void nothingOfANodeStaysFailedAfterItWasDown() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(30));
            cluster.simulator.change(
                new ScenarioNode("pve1", Status.OFFLINE, ZoneId.of("Etc/UTC"), Behaviour.NO_ROUTE));
            scrapeFor(cluster, Duration.ofMinutes(150));
            cluster.simulator.reboot("pve1");
            cluster.simulator.change(behaving("pve1", Behaviour.ANSWERS));
            scrapeFor(cluster, Duration.ofMinutes(2));
            assertThat(failedSources(cluster.scrape())).isEmpty();
          });
    }
  }

  @Test
  void nothingStaysFailedAfterTheClusterIsBack() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(30));
            cluster.simulator.fault(ConnectionFault.REFUSED);
            scrapeFor(cluster, Duration.ofHours(3));
            assertThat(failedSources(cluster.scrape())).contains(" nodes");
            cluster.simulator.fault(ConnectionFault.NONE);
            scrapeFor(cluster, Duration.ofMinutes(2));
            assertThat(failedSources(cluster.scrape())).isEmpty();
          });
    }
  }

  private static ScenarioNode behaving(String node, Behaviour behaviour) {
    return new ScenarioNode(node, Status.ONLINE, ZoneId.of("Etc/UTC"), behaviour);
  }

  /// As the metrics tell them, by node.
  private static List<String> failedSources(ClusterSnapshot snapshot) {
    return ClusterMetrics.of(snapshot, Set.of()).families().stream()
        .filter(family -> family.getMetadata().getName().equals("zfs_scrape_collector_success"))
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point -> ((GaugeSnapshot.GaugeDataPointSnapshot) point).getValue() == 0)
        .map(point -> point.getLabels().get("node") + " " + point.getLabels().get("collector"))
        .toList();
  }

  @Test
  void aDiskThatCannotBeToldFromOthersIsNeverAsked() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      cluster.simulator.answer(
          "/nodes/pve3/disks/list",
          Answer.json(disks("sda:ssd:SAME", "sdb:ssd:SAME", "sdc:ssd:unknown")));
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(2));
            assertThat(asked(cluster, "pve3")).isZero();
          });
    }
  }

  @Test
  void anUnknownLeafIsLookedForAtOnce() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(2));
            cluster.simulator.forgetRequests();
            showPool(cluster, "storage");
            scrapeFor(cluster, Duration.ofMinutes(1));
            assertThat(cluster.simulator.requestCount("/nodes/pve3/disks/list")).isEqualTo(1);
            assertThat(cluster.simulator.requestCount("/nodes/pve1/disks/list")).isZero();
          });
    }
  }

  @Test
  void theDisksOfAPoolThatOnlyChangedItsNameAreListedAtOnce() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            showPool(cluster, "storage");
            scrapeFor(cluster, Duration.ofMinutes(2));
            cluster.simulator.forgetRequests();
            showPool(cluster, "archive");
            scrapeFor(cluster, Duration.ofMinutes(1));
            assertThat(cluster.simulator.requestCount("/nodes/pve3/disks/list")).isEqualTo(1);
          });
    }
  }

  /// The only pool of its node, with one disk.
  private static void showPool(PlayedCluster cluster, String name) {
    cluster.simulator.answer(
        "/nodes/pve3/disks/zfs",
        Answer.json(
            """
            {"data":[{"name":"%s","size":1000,"alloc":250,"free":750,"frag":7,"dedup":1,"health":"ONLINE"}]}"""
                .formatted(name)));
    cluster.simulator.answer(
        "/nodes/pve3/disks/zfs/" + name,
        Answer.json(
            """
            {"data":{"name":"%1$s","state":"ONLINE","errors":"No known data errors","leaf":0,
            "children":[{"name":"%1$s","state":"ONLINE","leaf":0,"read":0,"write":0,"cksum":0,"msg":"","children":[
            {"name":"/dev/disk/by-id/ata-NEW_1-part1","state":"ONLINE","read":0,"write":0,"cksum":0,"msg":"","leaf":1}]}]}}"""
                .formatted(name)));
  }

  @Test
  void theDisksOfANodeThatIsNotAskedAnyMoreAreNotToldAsFreshForEver() {
    try (var cluster = new PlayedCluster(Scenario.named("healthy"))) {
      play(
          cluster,
          () -> {
            scrapeFor(cluster, Duration.ofMinutes(2));
            cluster.simulator.hang("pve2", "media");
            scrapeFor(cluster, Duration.ofMinutes(45));
            assertThat(list(cluster.scrape(), "pve1").failure()).isEmpty();
            assertThat(list(cluster.scrape(), "pve2").failure()).hasValue(FailureReason.STUCK);
          });
    }
  }

  private static Reading<DiskList> list(ClusterSnapshot snapshot, String node) {
    return snapshot.nodes().asOptional().orElseThrow().stream()
        .filter(one -> one.name().equals(node))
        .map(one -> one.disks().list())
        .findFirst()
        .orElseThrow();
  }
}
