package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailingDiskTest {
  private static final Pattern VDEV =
      Pattern.compile(
          "\"name\": ?\"(?:/dev/disk/by-id/ata-[^\"]*_)?([^\"/]+?)(?:-part1)?\",\\s*\"state\": ?\"([A-Z]+)\"");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

  @Test
  void eachChapterShowsTheDisk() throws Exception {
    try (var simulator =
        Simulator.start(
            Scenario.named(FailingDisk.SCENARIO),
            SimulatorOptions.forTests().withClock(now::get))) {
      var disk = new FailingDisk(simulator, now::get);
      assertThat(vdevs(simulator))
          .contains("VR0A03KK ONLINE", "VR0A09KK AVAIL", "raidz2-0 ONLINE", "tank ONLINE");
      assertThat(get(simulator, "disks/list"))
          .containsOnlyOnce("\"serial\": \"VR0A03KK\"")
          .containsOnlyOnce("\"serial\": \"VR0A09KK\"");

      disk.returnsWrongData(12);
      assertThat(get(simulator, "disks/zfs/tank")).contains("\"cksum\":12");
      assertThat(vdevs(simulator)).contains("VR0A03KK ONLINE");

      assertThat(get(simulator, "disks/smart?disk=/dev/sde")).contains("PASSED");
      disk.predictsItsFailure();
      assertThat(get(simulator, "disks/smart?disk=/dev/sde"))
          .contains("FAILED!", "\"raw\": \"1896\"", "\"raw\": \"24\"");

      disk.isFaulted();
      now.updateAndGet(moment -> moment.plus(Duration.ofMinutes(30)));
      assertThat(vdevs(simulator))
          .contains(
              "tank DEGRADED",
              "raidz2-0 DEGRADED",
              "spare-2 DEGRADED",
              "VR0A03KK FAULTED",
              "VR0A09KK ONLINE",
              "VR0A09KK INUSE");
      assertThat(get(simulator, "disks/zfs/tank"))
          .contains("resilver in progress since Sun Nov 22 13:00:00 2026", "50.00% done");
      assertThat(get(simulator, "disks/zfs")).contains("\"health\": \"DEGRADED\"");

      disk.spareIsResilvered();
      assertThat(get(simulator, "disks/zfs/tank")).contains("resilvered 3.10T in 01:00:12");

      disk.isReplaced();
      assertThat(vdevs(simulator))
          .contains("replacing-0 DEGRADED", "VR0A03KK FAULTED", "VR0A10KK ONLINE");
      assertThat(get(simulator, "disks/list"))
          .doesNotContain("VR0A03KK")
          .containsOnlyOnce("\"serial\": \"VR0A10KK\"");
      assertThat(get(simulator, "disks/smart?disk=/dev/sde")).contains("PASSED");

      disk.isMended();
      assertThat(vdevs(simulator))
          .contains("tank ONLINE", "VR0A10KK ONLINE", "VR0A09KK AVAIL")
          .noneMatch(vdev -> vdev.startsWith("VR0A03KK") || vdev.contains("DEGRADED"));
      assertThat(get(simulator, "disks/zfs")).doesNotContain("DEGRADED");
    }
  }

  private static List<String> vdevs(Simulator simulator) throws Exception {
    return VDEV.matcher(get(simulator, "disks/zfs/tank"))
        .results()
        .map(match -> match.group(1) + " " + match.group(2))
        .toList();
  }

  /// What the node answers; it must be JSON.
  private static String get(Simulator simulator, String path) throws Exception {
    var answer =
        simulator.exchange(
            "GET",
            "/api2/json/nodes/pve1/" + path,
            Map.of("authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
            "",
            Duration.ofSeconds(5));
    assertThat(answer.status()).isEqualTo(200);
    var body = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(JsonText.members(body)).containsKey("data");
    return body;
  }
}
