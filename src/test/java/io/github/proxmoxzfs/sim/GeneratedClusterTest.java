package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeneratedClusterTest {
  private final Simulator simulator =
      Simulator.start(
          Scenario.generated(40, 6),
          SimulatorOptions.forTests().withClock(new SettableClock("2026-11-07T18:36:00Z")));

  @AfterEach
  void close() {
    simulator.close();
  }

  private ReceivedAnswer get(String path) throws IOException, InterruptedException {
    return simulator.exchange(
        "GET",
        "/api2/json" + path,
        Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
        "",
        Duration.ofSeconds(10));
  }

  private String body(String path) throws IOException, InterruptedException {
    return new String(get(path).body(), StandardCharsets.UTF_8);
  }

  private List<String> values(String path, String key) throws IOException, InterruptedException {
    return JsonText.elements(JsonText.members(body(path)).getOrDefault("data", "[]")).stream()
        .map(row -> JsonText.unquote(JsonText.members(row).getOrDefault(key, "")))
        .sorted()
        .toList();
  }

  @Test
  void nodesAndPoolsAreNumbered() throws Exception {
    assertThat(values("/nodes", "node")).hasSize(40).startsWith("pve01").endsWith("pve40");
    assertThat(values("/nodes/pve40/disks/zfs", "name"))
        .containsExactly("tank01", "tank02", "tank03", "tank04", "tank05", "tank06");
  }

  @Test
  void eachPoolIsAMirrorWithAFinishedScrubAndItsOwnDisks() throws Exception {
    var serials = new HashSet<String>();
    for (String node : List.of("pve01", "pve02", "pve40")) {
      for (String pool : values("/nodes/" + node + "/disks/zfs", "name")) {
        var status = body("/nodes/" + node + "/disks/zfs/" + pool);
        assertThat(status)
            .contains("\"name\":\"" + pool + "\"", "\"name\":\"mirror-0\"")
            .contains("with 0 errors on Sun Nov  1 09:00:00 2026")
            .doesNotContain("rpool");
        Pattern.compile("S5Y2NF0R\\w+")
            .matcher(status)
            .results()
            .forEach(m -> serials.add(m.group()));
      }
    }
    assertThat(serials).hasSize(3 * 6 * 2);
  }

  @Test
  void nodeChangesWhileTheClusterIsPlayed() throws Exception {
    var utc = ZoneId.of("Etc/UTC");
    assertThat(get("/nodes/pve02/disks/zfs").status()).isEqualTo(200);
    simulator.change(new ScenarioNode("pve02", Status.OFFLINE, utc, Behaviour.NO_ROUTE));
    assertThat(get("/nodes/pve02/disks/zfs").status()).isEqualTo(595);
    assertThat(values("/nodes", "status")).startsWith("offline", "online");
    simulator.change(ScenarioNode.online("pve02", utc));
    assertThat(get("/nodes/pve02/disks/zfs").status()).isEqualTo(200);
    assertThat(values("/nodes", "status")).containsOnly("online");
  }
}
