package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFolderTest {
  @TempDir private Path folder;

  @Test
  void folderIsReplayed() throws IOException {
    write("scenario.yml", "nodes:\n  pve1: {zone: Europe/Berlin}\n  pve2: {status: offline}\n");
    write("answers/nodes/pve1/disks/zfs.json", "{\"data\":[1]}");
    write("answers/nodes/pve1/disks/smart%3Fdisk%3D%2Fdev%2Fsda.json", "{\"data\":\"sda\"}");
    write("answers/nodes/pve1/disks/zfs/gone.status", "596 Connection timed out\n");
    write("answers/nodes/pve1/disks/zfs/gone.json", "");
    write("answers/nodes/pve1/disks/zfs/bad.status", "500 zfsutils-linux not installed\n");

    var scenario = Scenario.ofFolder(folder);

    assertThat(scenario.nodes())
        .containsExactly(
            ScenarioNode.online("pve1", ZoneId.of("Europe/Berlin")),
            new ScenarioNode("pve2", Status.OFFLINE, ZoneId.of("Etc/UTC"), Behaviour.NO_ROUTE));
    assertThat(body(scenario, "/nodes/pve1/disks/zfs")).isEqualTo("200 OK {\"data\":[1]}");
    assertThat(body(scenario, "/nodes/pve1/disks/zfs?full=1")).isEqualTo("200 OK {\"data\":[1]}");
    assertThat(body(scenario, "/nodes/pve1/disks/smart?disk=/dev/sda"))
        .isEqualTo("200 OK {\"data\":\"sda\"}");
    assertThat(body(scenario, "/nodes/pve1/disks/zfs/gone")).isEqualTo("596 Connection timed out ");
    assertThat(body(scenario, "/nodes/pve1/disks/zfs/bad"))
        .isEqualTo(
            "500 zfsutils-linux not installed"
                + " {\"data\":null,\"message\":\"zfsutils-linux not installed\\n\"}");
    assertThat(scenario.recorded("/nodes/pve1/disks/smart?disk=/dev/sdb")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/nodes/pve1/disks/zfs/tank, answers/nodes/pve1/disks/zfs/tank",
    "/nodes/pve1/disks/zfs/a b, answers/nodes/pve1/disks/zfs/a%20b",
    "/nodes/pve1/disks/zfs/tank:1, answers/nodes/pve1/disks/zfs/tank%3A1",
    "/nodes/../secret, answers/nodes/%2E%2E/secret",
    "/nodes//x, answers/nodes/%/x",
    "/nodes/ü, answers/nodes/%C3%BC",
    "/cluster/resources?type=storage, answers/cluster/resources%3Ftype%3Dstorage"
  })
  void fileNamesAreEncoded(String path, String file) {
    assertThat(ScenarioFolder.fileOf(path)).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({
    "'nodes: {pve1: {zone: Mars/Olympus}}', node pve1: Unknown time-zone ID: Mars/Olympus",
    "'nodes: {pve1: {status: away}}', node pve1: No enum constant",
    "'nodes: {}', has no nodes",
    "'nodes: 3', a mapping is needed in place of 3",
    "'nodes: [', while parsing"
  })
  void mistakeIsNamed(String yaml, String message) throws IOException {
    write("scenario.yml", yaml);
    assertThatThrownBy(() -> Scenario.ofFolder(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void folderWithoutDescriptionIsRefused() {
    assertThatThrownBy(() -> Scenario.ofFolder(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("no scenario.yml");
  }

  private static String body(Scenario scenario, String path) {
    var answer = scenario.recorded(path).orElseThrow();
    return answer.status()
        + " "
        + answer.reason()
        + " "
        + new String(answer.body(), StandardCharsets.UTF_8);
  }

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
