package io.github.proxmoxzfs.app;

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
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A simulated cluster, and the configuration that reaches it.
///
/// @param scenario what is simulated
/// @param simulator the cluster's API
record SimulatedCluster(Scenario scenario, Simulator simulator) implements AutoCloseable {
  static SimulatedCluster start(Scenario scenario) {
    return new SimulatedCluster(scenario, Simulator.start(scenario, SimulatorOptions.defaults()));
  }

  /// The scenario of a folder, else the shipped one of a name.
  ///
  /// @throws IllegalArgumentException if there is none, with a message for whoever named it
  static Scenario scenario(Optional<Path> folder, String name) {
    try {
      return folder.map(Scenario::ofFolder).orElseGet(() -> Scenario.named(name));
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException("the scenario cannot be read: " + e.getMessage(), e);
    }
  }

  /// The shipped scenarios, a line each, for a command's help.
  static String[] scenarios() {
    return Scenario.names().entrySet().stream()
        .map(entry -> "  scenario: " + entry.getKey() + ": " + entry.getValue())
        .toArray(String[]::new);
  }

  Configuration configuration() {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    var cluster =
        ClusterConfiguration.of(
            "simulated",
            List.of(simulator.endpoint()),
            new Credential.Token(token[0], new Secret(token[1])),
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
    return new Configuration(List.of(cluster), Format.YAML, Optional.empty(), List.of());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
