package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordCommandTest {
  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @AfterEach
  void end() {
    simulator.close();
  }

  private int record(Path into) throws IOException {
    Path file = folder.resolve("config.yml");
    Files.writeString(
        file,
        """
        clusters:
          - name: home
            endpoints: ["%s"]
            token: "%s"
            fingerprints: ["%s"]
        """
            .formatted(
                simulator.endpoint(),
                Credentials.MONITOR_TOKEN,
                ServerCertificate.PROXMOX.fingerprint()));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("record", "--config.file=" + file, into.toString());
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("scenario.yml"), "mine");

    assertThat(record(full)).isEqualTo(2);
    assertThat(err.toString()).contains("is not an empty folder");
    assertThat(full.resolve("scenario.yml")).hasContent("mine");
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void whereNothingCanBeWrittenASentenceSaysSo() throws IOException {
    Path below = Files.writeString(folder.resolve("file"), "").resolve("recorded");

    assertThat(record(below)).isEqualTo(1);
    assertThat(err.toString()).contains(below.toString()).doesNotContain("\tat ");
  }
}
