package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationReader;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.config.Mistake;
import io.github.proxmoxzfs.web.ServerSettings;
import io.github.proxmoxzfs.web.WebConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `run`: serves the metrics of the configured clusters until it is told to end.
@Command(
    name = "run",
    description = "Serve the metrics of the configured clusters.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());

  @Spec private CommandSpec command;

  @Mixin private WebOptions web;

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description =
          "The configuration. Default: config.yml, else config.json, in"
              + " /etc/proxmox-zfs-exporter; the environment may take its place.")
  private @Nullable Path configFile;

  @Option(names = "--config.check", description = "Only check the configuration, and exit.")
  private boolean checkOnly;

  @Mixin private StateOptions state;

  @Override
  public Integer call() throws InterruptedException {
    Logging.start(web.logLevel(), web.logFormat(), System.getenv());
    var mistakes = new ArrayList<String>();
    Optional<Configuration> configuration = configuration(mistakes);
    Optional<ServerSettings> settings = settings(mistakes);
    if (configuration.isEmpty() || settings.isEmpty()) {
      return refuse(mistakes);
    }
    return checkOnly ? accept(configuration.get()) : serve(configuration.get(), settings.get());
  }

  private ConfigurationResult read() {
    return new ConfigurationReader().read(Optional.ofNullable(configFile), System.getenv());
  }

  /// What flags say counts after a reload too.
  private ConfigurationResult withCollectors(Map<Collector, Boolean> switches) {
    return switch (read()) {
      case ConfigurationResult.Valid(Configuration configuration) ->
          new ConfigurationResult.Valid(configuration.withCollectors(switches));
      case ConfigurationResult.Invalid invalid -> invalid;
    };
  }

  private Optional<Configuration> configuration(List<String> mistakes) {
    return switch (read()) {
      case ConfigurationResult.Invalid(List<Mistake> found) -> {
        found.forEach(mistake -> mistakes.add(mistake.toString()));
        yield Optional.empty();
      }
      case ConfigurationResult.Valid(Configuration configuration) -> Optional.of(configuration);
    };
  }

  private Optional<ServerSettings> settings(List<String> mistakes) {
    try {
      return Optional.of(web.settings());
    } catch (WebConfigurationException refused) {
      mistakes.addAll(refused.mistakes());
      return Optional.empty();
    }
  }

  private int refuse(List<String> mistakes) {
    PrintWriter err = command.commandLine().getErr();
    String priority = Logging.errorPriority(System.getenv());
    mistakes.forEach(mistake -> err.println(priority + mistake));
    return ExitCode.USAGE;
  }

  private int accept(Configuration configuration) {
    PrintWriter out = command.commandLine().getOut();
    configuration.warnings().forEach(warning -> out.println("warning: " + warning));
    int clusters = configuration.clusters().size();
    out.println(
        "The configuration is valid: " + clusters + (clusters == 1 ? " cluster." : " clusters."));
    return ExitCode.OK;
  }

  private int serve(Configuration configuration, ServerSettings settings)
      throws InterruptedException {
    configuration.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    var switches = CollectorOptions.switches(command.commandLine().getParseResult());
    try (var exporter =
        Exporter.start(
            configuration.withCollectors(switches),
            () -> withCollectors(switches),
            state.directory(System.getenv()),
            settings,
            AcceleratedClock.ofProperty())) {
      exporter.serveUntilStopped();
      return ExitCode.OK;
    } catch (IOException failure) {
      command
          .commandLine()
          .getErr()
          .println(Logging.errorPriority(System.getenv()) + "exporter: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
  }
}
