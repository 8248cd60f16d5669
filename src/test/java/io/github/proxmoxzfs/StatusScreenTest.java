package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Problem;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.Appearance;
import io.github.proxmoxzfs.terminal.StatusJson;
import io.github.proxmoxzfs.terminal.StatusScreen;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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

  private static final String TOKEN = Credentials.MONITOR_TOKEN.split("=", 2)[0];

  private static List<Problem> problems(Consumer<Simulator> change) {
    try (var scrape = new SimulatedScrape(Scenario.named("healthy"), SimulatedScrape.NOW)) {
      change.accept(scrape.simulator());
      return new ClusterStatus("home", scrape.collect(), ApiActivity.NONE).problems();
    }
  }

  private static List<String> shown(List<Problem> problems) {
    return problems.stream()
        .map(problem -> problem.severity() + " " + problem.subject() + ": " + problem.text())
        .toList();
  }

  /// What Proxmox leaves out without a word is missing on the screen as well.
  @ParameterizedTest
  @CsvSource({"VM.Audit, /vms", "Datastore.Audit, /storage"})
  void whatIsNotSeenForWantOfAPrivilegeIsNoHealth(String privilege, String path) {
    Set<String> rest = new HashSet<>(AccessList.AUDITOR);
    rest.remove(privilege);
    assertThat(
            shown(
                problems(
                    simulator ->
                        simulator.access(AccessList.defaults().withGrant(TOKEN, "/", true, rest)))))
        .singleElement()
        .asString()
        .startsWith("WARNING : the credential lacks " + privilege + " on " + path);
  }

  @Test
  void aSourceThatFailsIsToldThoughAllThatIsSeenIsWell() {
    assertThat(
            shown(
                problems(
                    simulator ->
                        simulator.answer(
                            "/nodes/pve1/replication", Answer.error(500, "no quorum!")))))
        .singleElement()
        .asString()
        .startsWith("WARNING pve1: its replication cannot be read: api error (")
        .contains("no quorum!");
  }

  @ParameterizedTest
  @CsvSource({"sda, WARNING, fails by SMART", "nvme0n1, CRITICAL, 'fails by SMART, and its vdev'"})
  void aDiskThatFailsBySmartIsAsGraveAsItsVdevIsWeak(
      String device, Severity severity, String text) {
    List<Problem> problems =
        problems(
            simulator ->
                simulator.answer(
                    "/nodes/pve1/disks/smart?disk=/dev/" + device,
                    Answer.json(
                        """
                        {"data":{"type":"text","health":"FAILED!","text":"\\nCritical Warning: 0x04\\n"}}
                        """)));
    assertThat(problems).singleElement().extracting(Problem::severity).isEqualTo(severity);
    assertThat(problems.getFirst().text()).startsWith("disk " + device).contains(text);
  }

  @Test
  void aFlashDiskAtItsEndIsTold() {
    assertThat(
            shown(
                problems(
                    simulator ->
                        simulator.answer(
                            "/nodes/pve1/disks/smart?disk=/dev/nvme0n1",
                            Answer.json(
                                """
                                {"data":{"type":"text","health":"PASSED","text":"\\nSMART/Health Information (NVMe Log 0x02)\\nCritical Warning:                   0x00\\nAvailable Spare:                    4%\\nAvailable Spare Threshold:          10%\\nPercentage Used:                    97%\\n"}}
                                """)))))
        .containsExactly(
            "WARNING pve1: disk nvme0n1 (S/N PHLJ0000P1) has lived most of its life",
            "WARNING pve1: disk nvme0n1 (S/N PHLJ0000P1) runs out of spare blocks");
  }

  @ParameterizedTest
  @CsvSource({
    "'[]', is reported by no node",
    "'[{\"id\":\"100-0\",\"next_sync\":1795000000,\"last_sync\":1794990000,\"fail_count\":0}]', is"
        + " late",
    "'[{\"id\":\"100-0\",\"next_sync\":1795344000,\"last_sync\":1794990000,\"fail_count\":2}]',"
        + " fails"
  })
  void aReplicationInTroubleIsTold(String answer, String text) {
    assertThat(
            shown(
                problems(
                    simulator ->
                        simulator.answer(
                            "/nodes/pve1/replication", Answer.json("{\"data\":" + answer + "}")))))
        .anyMatch(shown -> shown.startsWith("WARNING pve1: replication 100-0 to pve2 " + text));
  }

  @ParameterizedTest
  @CsvSource({
    "840, 1, ''",
    "850, 1, WARNING pve1: storage tank-vm is 85% full",
    "950, 1, CRITICAL pve1: storage tank-vm is 95% full",
    "0, 0, WARNING pve1: storage tank-vm is not active"
  })
  void aStorageThatIsFullOrNotActiveIsTold(int used, int active, String expected) {
    String row =
        """
        {"id":"storage/pve1/tank-vm","type":"storage","plugintype":"zfspool","storage":"tank-vm","node":"pve1","status":"%s","shared":0,"content":"images","maxdisk":%d,"disk":%d}
        """
            .formatted(
                active == 1 ? "available" : "unknown", active == 1 ? 1000 : 0, active * used);
    assertThat(
            shown(
                problems(
                    simulator ->
                        simulator.answer(
                            "/cluster/resources?type=storage",
                            Answer.json("{\"data\":[" + row + "]}")))))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }
}
