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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
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

  private int record(Path into, String... options) throws IOException {
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
        .execute(
            Stream.concat(
                    Stream.of("record", "--config.file=" + file, into.toString()),
                    Stream.of(options))
                .toArray(String[]::new));
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
  void theDisksAreAskedForSmartOneAtATimeAndOnlyTheOwnerMayReadIt() throws IOException {
    Path into = folder.resolve("recorded");

    assertThat(record(into)).as(err.toString()).isEqualTo(0);
    assertThat(simulator.requestCount("/nodes/pve1/disks/smart")).isEqualTo(9);
    assertThat(simulator.maximumBusyWorkers("pve1")).isEqualTo(1);
    try (Stream<Path> files = Files.walk(into)) {
      assertThat(files)
          .anyMatch(file -> file.toString().contains("smart%3Fdisk"))
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .endsWith("------"));
    }
  }

  @Test
  void onRequestNoDiskIsWoken() throws IOException {
    assertThat(record(folder.resolve("recorded"), "--no-smart")).isEqualTo(0);
    assertThat(simulator.requestCount("/nodes/pve1/disks/list")).isEqualTo(1);
    assertThat(simulator.requestCount("/nodes/pve1/disks/smart")).isZero();
  }

  @Test
  void whereNothingCanBeWrittenASentenceSaysSo() throws IOException {
    Path below = Files.writeString(folder.resolve("file"), "").resolve("recorded");

    assertThat(record(below)).isEqualTo(1);
    assertThat(err.toString()).contains(below.toString()).doesNotContain("\tat ");
  }
}
