package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.CheckLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that look once, again and again, at a cluster one of whose pools hangs.
class LookOnceTest {
  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.defaults());
  private final List<String> complaints = new ArrayList<>();
  @TempDir private Path state;

  @AfterEach
  void end() {
    simulator.close();
  }

  private List<CheckLine> check(boolean askAnyway) {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    var usual =
        ClusterConfiguration.of(
            "home",
            List.of(simulator.endpoint()),
            new Credential.Token(token[0], new Secret(token[1])),
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
    var cluster =
        new ClusterConfiguration(
            usual.name(),
            usual.endpoints(),
            usual.credential(),
            usual.trust(),
            usual.serverName(),
            Duration.ofSeconds(1),
            usual.timezone(),
            usual.nodes(),
            usual.requests(),
            usual.collectors(),
            usual.smart(),
            usual.forgetAfter(),
            usual.locations());
    return Doctor.of(
        new Configuration(List.of(cluster), Format.YAML, Optional.empty(), List.of()),
        UnansweredGuards.of(
            Map.of("XDG_STATE_HOME", state.toString()), askAnyway, complaints::add));
  }

  private static List<CheckLine> wrong(List<CheckLine> lines) {
    return lines.stream().filter(line -> line.severity() != Severity.HEALTHY).toList();
  }

  @Test
  void threeRunsLeaveOneWorkerStuckAndTheOthersAreWell() {
    simulator.hang("pve2", "media");
    assertThat(wrong(check(false))).isNotEmpty();
    assertThat(simulator.stuckWorkers("pve2")).isEqualTo(1);
    check(false);
    List<CheckLine> third = check(false);
    assertThat(simulator.stuckWorkers("pve2")).isEqualTo(1);
    assertThat(wrong(third))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.subject()).startsWith("pve2 ");
              assertThat(line.finding()).startsWith("The node pve2 is not asked for zfs");
              assertThat(line.remedies()).anyMatch(remedy -> remedy.contains("--ask-anyway"));
            });
    assertThat(third)
        .as("what is not for zfs is asked")
        .extracting(CheckLine::subject)
        .contains("pve2 zone", "pve2 versions", "pve1 tank");
    assertThat(complaints).isEmpty();
  }

  @Test
  void onceItAnswersAllIsForgotten() {
    simulator.hang("pve2", "media");
    check(false);
    simulator.recover("pve2");
    assertThat(wrong(check(false))).isNotEmpty();
    assertThat(wrong(check(true))).isEmpty();
    assertThat(wrong(check(false))).isEmpty();
  }
}
