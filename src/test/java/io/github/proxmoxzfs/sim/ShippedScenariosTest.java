package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedScenariosTest {
  /// Details that fail on purpose, with the beginning of their status lines.
  private static final Map<String, String> FAILING =
      Map.of(
          "stuck", "500 command '/sbin/zpool status -P stuck' failed: exit code 1",
          "a", "400 Parameter verification failed.",
          "x", "400 Parameter verification failed.",
          "scan:", "400 Parameter verification failed.",
          "tank:1", "400 Parameter verification failed.",
          "hdd-pool.v2:raid_1", "400 Parameter verification failed.",
          "my", "500 command '/sbin/zpool status -P my' failed: exit code 1",
          "trailing", "500 command '/sbin/zpool status -P trailing' failed: exit code 1");

  static Set<String> names() {
    var names = new java.util.LinkedHashSet<>(Scenario.names().keySet());
    names.remove("broken-answers");
    return names;
  }

  @ParameterizedTest
  @MethodSource("names")
  void listsAreJsonAndEachPoolHasADetail(String name) throws IOException {
    var scenario = Scenario.named(name);
    try (var simulator = Simulator.start(scenario, SimulatorOptions.forTests())) {
      assertThat(rows(simulator, "/nodes")).hasSameSizeAs(scenario.nodes());
      for (ScenarioNode node : scenario.nodes()) {
        var list = "/nodes/" + node.name() + "/disks/zfs";
        if (node.behaviour() != Behaviour.ANSWERS) {
          assertThat(get(simulator, list).statusLine()).startsWith("HTTP/1.1 595 ");
          continue;
        }
        for (String row : rows(simulator, list)) {
          assertDetail(simulator, list, row);
        }
      }
    }
  }

  private static void assertDetail(Simulator simulator, String list, String row)
      throws IOException {
    var pool = JsonText.unquote(JsonText.members(row).getOrDefault("name", ""));
    var detail = get(simulator, list + "/" + URLEncoder.encode(pool, StandardCharsets.UTF_8));
    var expected = FAILING.getOrDefault(pool, "200 OK");
    assertThat(detail.statusLine()).as(pool).isEqualTo("HTTP/1.1 " + expected);
    if (expected.equals("200 OK")) {
      var data = JsonText.members(JsonText.members(detail.body()).getOrDefault("data", ""));
      assertThat(JsonText.unquote(data.getOrDefault("name", ""))).isEqualTo(pool);
      assertThat(JsonText.elements(data.getOrDefault("children", "[]"))).as(pool).isNotEmpty();
      assertThat(detail.body()).doesNotContain("{{");
    }
  }

  @Test
  void articleIsSentByteForByte() throws IOException {
    var expected = "scrub repaired 0B in 0 days 01:56:29 with 0 errors on Sun May 10 02:20:30 2020";
    try (var in =
            Scenario.class.getResourceAsStream(
                "scenarios/article/answers/nodes/pve/disks/zfs/storage.json");
        var simulator = Simulator.start(Scenario.named("article"), SimulatorOptions.forTests())) {
      assertThat(get(simulator, "/nodes/pve/disks/zfs/storage").body())
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/nodes/pve1/disks/zfs/html, 200 OK, text/html",
    "/nodes/pve1/disks/zfs/cut, 200 OK, application/json;charset=UTF-8",
    "/nodes/pve2/disks/zfs, '500 command ''/sbin/zpool list -HpPLo name,size,alloc,free,frag,dedup,health'' failed: exit code 1', application/json;charset=UTF-8",
    "/nodes/pve3/disks/zfs, 500 zfsutils-linux not installed, application/json;charset=UTF-8",
    "/nodes/pve4/disks/zfs, 200 OK, text/html",
    "/nodes/pve5/disks/zfs, 200 OK, application/json;charset=UTF-8"
  })
  void brokenAnswersAreSentAsTheyAre(String path, String status, String type) throws IOException {
    try (var simulator =
        Simulator.start(Scenario.named("broken-answers"), SimulatorOptions.forTests())) {
      var response = get(simulator, path);
      assertThat(response.statusLine()).isEqualTo("HTTP/1.1 " + status);
      assertThat(response.header("Content-Type")).contains(type);
    }
  }

  @Test
  void scrubsOfTheDemoAreRecentInTheZoneOfTheNode() throws IOException {
    var options = SimulatorOptions.forTests().withClock(new SettableClock("2026-11-07T18:36:00Z"));
    try (var simulator = Simulator.start(Scenario.named("healthy"), options)) {
      // 6 days, 9 h 36 min before, in Europe/Berlin; then in UTC, 6 days, 10 h 31 min before.
      assertThat(get(simulator, "/nodes/pve1/disks/zfs/rpool").body())
          .contains("scrub repaired 0B in 00:07:12 with 0 errors on Sun Nov  1 10:00:00 2026");
      assertThat(get(simulator, "/nodes/pve3/disks/zfs/rpool").body())
          .contains(
              "scrub repaired 0B in 0 days 00:04:29 with 0 errors on Sun Nov  1 08:05:00 2026");
    }
  }

  @Test
  void timeOfANodeFollowsTheClock() throws IOException {
    var options =
        SimulatorOptions.forTests()
            .withClock(new SettableClock("2026-11-07T18:36:00Z"))
            .withRecordedKeyOrder();
    try (var simulator = Simulator.start(Scenario.named("healthy"), options)) {
      assertThat(get(simulator, "/nodes/pve2/time").body())
          .isEqualTo(
              "{\"data\":{\"time\":1794076560,\"localtime\":1794080160,\"timezone\":\"Europe/Berlin\"}}");
    }
    try (var simulator = Simulator.start(Scenario.named("zone-contradiction"), options)) {
      assertThat(get(simulator, "/nodes/pve1/time").body().strip())
          .isEqualTo(
              "{\"data\":{\"time\":1794076560,\"localtime\":1794076560,\"timezone\":\"Europe/Vienna\"}}");
    }
  }

  @Test
  void keysComeInAnotherOrderEachTimeUnlessTheRecordedOneIsWanted() throws IOException {
    try (var simulator = Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests())) {
      assertThat(get(simulator, "/nodes/pve1/disks/zfs/tank").body())
          .isNotEqualTo(get(simulator, "/nodes/pve1/disks/zfs/tank").body());
    }
    var recorded = SimulatorOptions.forTests().withRecordedKeyOrder();
    try (var simulator = Simulator.start(Scenario.named("healthy"), recorded)) {
      assertThat(get(simulator, "/nodes/pve1/disks/zfs/tank").body())
          .isEqualTo(get(simulator, "/nodes/pve1/disks/zfs/tank").body());
    }
  }

  @Test
  void nodesThatAreDownSaySo() throws IOException {
    try (var simulator =
        Simulator.start(Scenario.named("nodes-down"), SimulatorOptions.forTests())) {
      var statuses = new LinkedHashMap<String, String>();
      for (String row : rows(simulator, "/nodes")) {
        var members = JsonText.members(row);
        statuses.put(
            JsonText.unquote(members.getOrDefault("node", "")),
            JsonText.unquote(members.getOrDefault("status", "")));
      }
      assertThat(statuses)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("pve1", "online", "pve2", "offline", "pve3", "unknown", "pve4", "online"));
      assertThat(get(simulator, "/nodes/pve2/disks/zfs").statusLine())
          .isEqualTo("HTTP/1.1 595 No route to host");
      assertThat(get(simulator, "/nodes/pve3/disks/zfs").statusLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(get(simulator, "/nodes/pve4/disks/zfs").statusLine())
          .isEqualTo("HTTP/1.1 595 Connection refused");
    }
  }

  @Test
  void unknownScenarioIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Scenario.named("nosuch"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no scenario 'nosuch', only healthy, article, degraded");
  }

  private static RawResponse get(Simulator simulator, String path) throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client.get(path).orElseThrow();
    }
  }

  private static List<String> rows(Simulator simulator, String path) throws IOException {
    var response = get(simulator, path);
    assertThat(response.statusLine()).as(path).isEqualTo("HTTP/1.1 200 OK");
    return new ArrayList<>(
        JsonText.elements(JsonText.members(response.body()).getOrDefault("data", "")));
  }
}
