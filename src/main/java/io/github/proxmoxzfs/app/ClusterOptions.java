package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationReader;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.config.Mistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that name the clusters to look at, which all commands have that look once.
final class ClusterOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--config.file",
      paramLabel = "FILE",
      description =
          "The configuration. Default: config.yml, else config.json, in"
              + " /etc/proxmox-zfs-exporter; the environment may take its place.")
  private @Nullable Path configFile;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "Only this cluster of the configuration; may be repeated.")
  private List<String> clusters = List.of();

  @Option(
      names = "--demo",
      paramLabel = "SCENARIO",
      arity = "0..1",
      fallbackValue = "healthy",
      description =
          "Look at a simulated cluster in place of a configured one: a scenario that '${ROOT-COMMAND-NAME}"
              + " demo --help' lists. If none is named: ${FALLBACK-VALUE}")
  private @Nullable String demo;

  @Option(
      names = "--scenario-dir",
      paramLabel = "DIR",
      description = "Look at what '${ROOT-COMMAND-NAME} record DIR' wrote.")
  private @Nullable Path scenarioFolder;

  @Option(
      names = "--ask-anyway",
      description =
          "Ask also nodes that left zfs questions of earlier runs unanswered. While a pool hangs,"
              + " each run may leave one more of a node's three API workers stuck.")
  private boolean askAnyway;

  @Option(
      names = "--log.level",
      paramLabel = "LEVEL",
      defaultValue = "error",
      description =
          "How much is logged on standard error: one of ${COMPLETION-CANDIDATES}. Default:"
              + " ${DEFAULT-VALUE}")
  private Logging.LogLevel logLevel;

  /// The configured clusters, or what is wrong with the configuration.
  sealed interface Opened {
    /// They can be looked at.
    ///
    /// @param configuration the clusters that were chosen
    /// @param simulated the simulated cluster among them, if there is one; to be closed
    record Chosen(Configuration configuration, Optional<SimulatedCluster> simulated)
        implements Opened, AutoCloseable {
      @Override
      public void close() {
        simulated.ifPresent(SimulatedCluster::close);
      }
    }

    /// The configuration is wrong.
    record Wrong(List<Mistake> mistakes) implements Opened {}
  }

  /// Reads the configuration, or starts the simulated cluster.
  Opened open() {
    Logging.start(logLevel, Logging.LogFormat.logfmt, System.getenv());
    if (demo != null || scenarioFolder != null) {
      if (configFile != null) {
        throw new ParameterException(
            command.commandLine(), "--config.file does not go with --demo or --scenario-dir");
      }
      return simulated();
    }
    var result = new ConfigurationReader().read(Optional.ofNullable(configFile), System.getenv());
    return switch (result) {
      case ConfigurationResult.Invalid(List<Mistake> mistakes) -> new Opened.Wrong(mistakes);
      case ConfigurationResult.Valid(Configuration configuration) ->
          new Opened.Chosen(chosen(configuration), Optional.empty());
    };
  }

  /// What keeps this run from asking nodes on which earlier ones left something unanswered; to be
  /// closed before what asks.
  UnansweredGuards guards(Opened.Chosen chosen) {
    return chosen.simulated().isPresent()
        ? UnansweredGuards.NONE
        : UnansweredGuards.of(
            System.getenv(), askAnyway, text -> command.commandLine().getErr().println(text));
  }

  private Opened simulated() {
    try {
      var started =
          SimulatedCluster.start(
              SimulatedCluster.scenario(
                  Optional.ofNullable(scenarioFolder), demo == null ? "" : demo));
      return new Opened.Chosen(chosen(started.configuration()), Optional.of(started));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Configuration chosen(Configuration configuration) {
    if (clusters.isEmpty()) {
      return configuration;
    }
    var unknown = new TreeSet<>(clusters);
    configuration.clusters().forEach(cluster -> unknown.remove(cluster.name()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "--cluster: the configuration has no cluster "
              + String.join(", ", unknown)
              + "; it has "
              + String.join(
                  ", ",
                  configuration.clusters().stream().map(ClusterConfiguration::name).toList()));
    }
    return new Configuration(
        configuration.clusters().stream()
            .filter(cluster -> clusters.contains(cluster.name()))
            .toList(),
        configuration.format(),
        configuration.file(),
        configuration.warnings());
  }
}
