package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.Appearance;
import io.github.proxmoxzfs.terminal.StatusJson;
import io.github.proxmoxzfs.terminal.StatusScreen;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each scenario as `status` shows it.
class StatusScreenTest {
  static Set<String> scenarios() {
    return new TreeSet<>(Scenario.names().keySet());
  }

  private static ClusterStatus status(String scenario) {
    try (var scrape = new SimulatedScrape(Scenario.named(scenario), SimulatedScrape.NOW)) {
      return new ClusterStatus("home", scrape.collect(), ApiActivity.NONE, Map.of(), _ -> true);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void noLineIsWiderThanTheTerminal(String scenario) {
    ClusterStatus status = status(scenario);
    for (int columns : new int[] {40, 80, 200}) {
      List<String> lines =
          StatusScreen.of(status, ZoneOffset.UTC, new Appearance(columns, false, true));
      assertThat(lines).allMatch(line -> line.codePointCount(0, line.length()) <= columns);
      assertThat(lines).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }
    assertThat(StatusScreen.of(status, ZoneOffset.UTC, Appearance.PLAIN))
        .allMatch(line -> line.chars().allMatch(character -> character < 128));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void colourChangesNothingElse(String scenario) {
    ClusterStatus status = status(scenario);
    List<String> coloured =
        StatusScreen.of(status, ZoneOffset.UTC, new Appearance(80, true, true)).stream()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").stripTrailing())
            .toList();
    assertThat(coloured)
        .isEqualTo(StatusScreen.of(status, ZoneOffset.UTC, new Appearance(80, false, true)));
  }

  @ParameterizedTest
  @CsvSource({
    "healthy, HEALTHY",
    "never-scrubbed, HEALTHY",
    "no-pools, HEALTHY",
    "degraded, CRITICAL",
    "suspended, CRITICAL",
    "nodes-down, CRITICAL"
  })
  void theGravestProblemIsTheClusters(String scenario, Severity severity) {
    assertThat(status(scenario).severity()).isEqualTo(severity);
  }

  @Test
  void aFaultedDiskIsNamedWithWhatIsLeft() {
    assertThat(
            String.join(
                " ",
                StatusScreen.of(
                        status("degraded"), ZoneOffset.UTC, new Appearance(200, false, true))
                    .stream()
                    .map(String::strip)
                    .toList()))
        .contains("pve1/tank: DEGRADED; ata-WDC_WD80EFZZ-68BTXN0_VR0A03KK-part1 is FAULTED")
        .contains("raidz2-0 may lose 1 more disk")
        .contains("48.0% 5h38m to go, 521M/s, for 5h12m");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void itsJsonIsOneObjectOnOneLine(String scenario) {
    String json = StatusJson.of(List.of(status(scenario)));
    assertThat(json).startsWith("{\"severity\":\"").endsWith("}").doesNotContain("\n");
  }
}
