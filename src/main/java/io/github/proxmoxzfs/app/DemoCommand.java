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
import io.github.proxmoxzfs.web.WebConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `demo`: a simulated cluster and the exporter against it, in one process.
@Command(
    name = "demo",
    description = "Serve the metrics of a simulated Proxmox VE cluster.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Mixin private WebOptions web;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      defaultValue = "healthy",
      description = "State of the simulated cluster, see below. Default: ${DEFAULT-VALUE}")
  private String scenario;

  static String[] scenarios() {
    return Scenario.names().entrySet().stream()
        .map(entry -> "  scenario: " + entry.getKey() + ": " + entry.getValue())
        .toArray(String[]::new);
  }

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(web.logLevel(), web.logFormat(), System.getenv());
    if (!Scenario.names().containsKey(scenario)) {
      throw new ParameterException(
          command.commandLine(),
          "There is no scenario '"
              + scenario
              + "'; there are "
              + String.join(", ", Scenario.names().keySet()));
    }
    try (var simulator = Simulator.start(Scenario.named(scenario), SimulatorOptions.defaults());
        var exporter = Exporter.start(configuration(simulator), web.settings())) {
      announce(simulator, exporter);
      exporter.serveUntilStopped();
      return ExitCode.OK;
    } catch (WebConfigurationException refused) {
      refused.mistakes().forEach(command.commandLine().getErr()::println);
      return ExitCode.USAGE;
    } catch (IOException failure) {
      command.commandLine().getErr().println("exporter: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private static Configuration configuration(Simulator simulator) {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    var cluster =
        ClusterConfiguration.of(
            "simulated",
            List.of(simulator.endpoint()),
            new Credential.Token(token[0], new Secret(token[1])),
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
    return new Configuration(List.of(cluster), Format.YAML, Optional.empty(), List.of());
  }

  private void announce(Simulator simulator, Exporter exporter) {
    PrintWriter out = command.commandLine().getOut();
    String scheme = exporter.speaksTls() ? "https" : "http";
    int port = exporter.addresses().getFirst().getPort();
    out.println("Simulated Proxmox VE cluster '" + scenario + "' on " + simulator.endpoint());
    out.println("Exporter on " + scheme + "://localhost:" + port + "/");
    out.println("Metrics on " + scheme + "://localhost:" + port + web.telemetryPath());
    out.println("Ctrl-C ends both.");
  }
}
