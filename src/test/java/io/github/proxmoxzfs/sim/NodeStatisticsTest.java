package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeStatisticsTest {
  private static final long UPTIME = 323456;

  private final ManualTime time = new ManualTime();
  private final Simulator simulator =
      Simulator.start(
          Scenario.builder("two")
              .node("pve1", ZoneId.of("Etc/UTC"))
              .node("pve2", ZoneId.of("Etc/UTC"))
              .build(),
          SimulatorOptions.defaults().withWaiting(time).withClock(time));

  @AfterEach
  void close() {
    simulator.close();
  }

  private Map<String, String> row(String node) throws IOException, InterruptedException {
    var answer =
        simulator.exchange(
            "GET",
            "/api2/json/nodes",
            Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
            "",
            Duration.ofSeconds(1));
    var body = new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
    return JsonText.elements(JsonText.members(body).getOrDefault("data", "[]")).stream()
        .map(JsonText::members)
        .filter(row -> JsonText.quote(node).equals(row.get("node")))
        .findFirst()
        .orElseThrow();
  }

  private void assertUptime(String node, long seconds) throws IOException, InterruptedException {
    assertThat(row(node)).containsEntry("uptime", String.valueOf(seconds));
  }

  @Test
  void numbersMoveEveryTenSeconds() throws Exception {
    var recorded = row("pve1");
    time.advance(Duration.ofSeconds(9));
    assertThat(row("pve1")).isEqualTo(recorded);
    time.advance(Duration.ofSeconds(1));
    assertUptime("pve1", UPTIME + 10);
    assertThat(row("pve1").get("cpu")).isNotEqualTo(recorded.get("cpu"));
    assertThat(row("pve1").get("mem")).isNotEqualTo(recorded.get("mem"));
    assertThat(row("pve1").get("maxmem")).isEqualTo(recorded.get("maxmem"));
  }

  @Test
  void numbersOfAHungNodeStandStillAndAreDroppedAfterFiveMinutes() throws Exception {
    time.advance(Duration.ofSeconds(25));
    simulator.hang("pve2");
    time.advance(Duration.ofSeconds(295)); // 300 s after pvestatd wrote last.
    assertUptime("pve2", UPTIME + 20);
    assertUptime("pve1", UPTIME + 320);
    time.advance(Duration.ofSeconds(1));
    assertThat(row("pve2"))
        .containsEntry("status", "\"unknown\"")
        .containsEntry("level", "\"\"")
        .doesNotContainKeys("uptime", "cpu", "mem", "maxmem");
    simulator.recover("pve2");
    assertThat(row("pve2")).containsEntry("status", "\"online\"");
    assertUptime("pve2", UPTIME + 320);
  }

  @Test
  void pvestatdMayGoOnWhileAPoolHangs() throws Exception {
    simulator.hang("pve2", Hang.ofPool("tank").withStatistics(false));
    time.advance(Duration.ofHours(1));
    assertUptime("pve2", UPTIME + 3600);
  }

  @Test
  void uptimeBeginsAgainWithAReboot() throws Exception {
    simulator.hang("pve2");
    time.advance(Duration.ofHours(1));
    simulator.reboot("pve2");
    assertUptime("pve2", 1);
    time.advance(Duration.ofSeconds(60));
    assertUptime("pve2", 60);
    assertUptime("pve1", UPTIME + 3660);
  }
}
