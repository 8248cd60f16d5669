package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.web.WebConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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

  @Option(
      names = "--with-prometheus",
      description =
          "Tell the story of a disk that fails, in five minutes, with a real Prometheus and"
              + " Alertmanager (Debian's packages prometheus and prometheus-alertmanager) that"
              + " watch it with our alerting rules.")
  private boolean withPrometheus;

  @Option(
      names = "--hasty",
      hidden = true,
      description = "Tell it as fast as Alertmanager tells it, then end: for our own checks.")
  private boolean hasty;

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(web.logLevel(), web.logFormat(), System.getenv());
    try {
      return withPrometheus ? watch() : serve();
    } catch (WebConfigurationException refused) {
      refused.mistakes().forEach(command.commandLine().getErr()::println);
      return ExitCode.USAGE;
    } catch (IOException failure) {
      command.commandLine().getErr().println("exporter: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int watch() throws InterruptedException, IOException, WebConfigurationException {
    var given = command.commandLine().getParseResult();
    for (String other :
        List.of(
            "--scenario",
            "--scenario-dir",
            "--web.config.file",
            "--web.route-prefix",
            "--web.external-url")) {
      if (given.hasMatchedOption(other)) {
        throw new ParameterException(
            command.commandLine(), other + " cannot be used with --with-prometheus");
      }
    }
    PrintWriter out = command.commandLine().getOut();
    out.println("Starting the cluster, the exporter, Prometheus and Alertmanager ...");
    out.flush();
    try (var demo =
        new WatchedDemo(out, hasty, web.settings(), web.telemetryPath(), System.getenv())) {
      var stop = Thread.ofPlatform().name("stop-demo").unstarted(demo::close);
      Runtime.getRuntime().addShutdownHook(stop);
      demo.announce();
      boolean right = demo.play();
      if (!hasty) {
        demo.goOn();
      }
      return right ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private int serve() throws InterruptedException, IOException, WebConfigurationException {
    try (var simulated = SimulatedCluster.start(scenario());
        var exporter = Exporter.start(simulated.configuration(), web.settings())) {
      announce(simulated, exporter);
      exporter.serveUntilStopped();
      return ExitCode.OK;
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
