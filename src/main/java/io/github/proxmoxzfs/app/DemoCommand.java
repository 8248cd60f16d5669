package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.web.WebConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--scenario-dir",
      paramLabel = "DIR",
      description =
          "Play what '${ROOT-COMMAND-NAME} record DIR' wrote, in place of a shipped scenario.")
  private @Nullable Path scenarioFolder;

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(web.logLevel(), web.logFormat(), System.getenv());
    try (var simulated = SimulatedCluster.start(scenario());
        var exporter = Exporter.start(simulated.configuration(), web.settings())) {
      announce(simulated, exporter);
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

  private Scenario scenario() {
    try {
      return SimulatedCluster.scenario(Optional.ofNullable(scenarioFolder), scenario);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void announce(SimulatedCluster simulated, Exporter exporter) {
    PrintWriter out = command.commandLine().getOut();
    String scheme = exporter.speaksTls() ? "https" : "http";
    int port = exporter.addresses().getFirst().getPort();
    out.println(
        "Simulated Proxmox VE cluster '"
            + simulated.scenario()
            + "' on "
            + simulated.simulator().endpoint());
    out.println("Exporter on " + scheme + "://localhost:" + port + "/");
    out.println("Metrics on " + scheme + "://localhost:" + port + web.telemetryPath());
    out.println("Ctrl-C ends both.");
  }
}
