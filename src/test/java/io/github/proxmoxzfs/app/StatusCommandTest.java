package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  /// `exporter status --watch --json | head -1`: the JVM is not ended by a pipe that nobody reads.
  @Test
  void whoWatchesForNobodyEnds(@TempDir Path folder) throws IOException {
    try (var simulator = Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests())) {
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
      var commandLine = Main.commandLine();
      // As Main makes it of standard output.
      commandLine.setOut(
          new PrintWriter(
              new PrintStream(new ClosedPipe(), true, StandardCharsets.UTF_8),
              true,
              StandardCharsets.UTF_8));
      int code =
          assertTimeoutPreemptively(
              Duration.ofMinutes(1),
              () -> commandLine.execute("status", "--watch=2", "--json", "--config.file=" + file));
      assertThat(code).isZero();
    }
  }

  /// SMART belongs to the state of a disk: that ZFS still does well without it is not all.
  @Test
  void aDiskThatFailsBySmartIsTold() {
    String shown = status("--json", "--demo=degraded");
    assertThat(shown)
        .contains("\"text\":\"disk sde (S/N VR0A03KK) fails by SMART")
        .contains("\"serial\":\"VR0A03KK\",\"wwn\":\"0x50014ee24a5bf000\"")
        .contains("\"smart\":\"failed\"");
    assertThat(status("--demo=degraded")).contains("disks\n    sda       PASSED");
  }

  @Test
  void onRequestNoDiskIsWoken() {
    assertThat(status("--json", "--no-smart", "--demo=degraded")).doesNotContain("\"smart\"");
  }

  private static String status(String... options) {
    var out = new StringWriter();
    var commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    var arguments = new ArrayList<>(List.of("status"));
    arguments.addAll(List.of(options));
    commandLine.execute(arguments.toArray(String[]::new));
    return out.toString();
  }

  private static final class ClosedPipe extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}
