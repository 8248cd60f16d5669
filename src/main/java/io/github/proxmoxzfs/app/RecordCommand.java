package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.recording.Recording;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `record`: a cluster's answers as a scenario without names.
@Command(
    name = "record",
    description = {
      "Write what a cluster answers to a folder that '${ROOT-COMMAND-NAME} demo --scenario-dir=DIR' replays, with"
          + " other names, serial numbers and addresses in it: a bug report for others to look at.",
      "It asks once what a scrape asks, and then the disks for SMART, one at a time on a node."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
  /// Of many slow disks some are left out; the others show what is wrong as well.
  private static final Duration LONGEST_FOR_SMART = Duration.ofMinutes(10);

  @Spec private CommandSpec command;

  @Mixin private ClusterOptions clusters;

  @Parameters(paramLabel = "DIR", description = "A folder that is empty or does not exist.")
  private Path folder = Path.of("");

  @Mixin private SmartOption smart;

  @Override
  public Integer call() throws IOException {
    requireEmpty();
    return switch (clusters.open()) {
      case ClusterOptions.Opened.Wrong(var mistakes) -> {
        mistakes.forEach(command.commandLine().getErr()::println);
        yield ExitCode.USAGE;
      }
      case ClusterOptions.Opened.Chosen chosen -> {
        try (chosen) {
          yield record(chosen.configuration(), clusters.guards(chosen));
        }
      }
    };
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    boolean empty = false;
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        empty = files.findAny().isEmpty();
      }
    }
    if (!empty) {
      throw new ParameterException(
          command.commandLine(), folder + " is not an empty folder: name one that does not exist");
    }
  }

  private int record(Configuration configuration, UnansweredGuards guards) {
    if (configuration.clusters().size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          "the configuration has several clusters: choose one by --cluster="
              + String.join(
                  "|", configuration.clusters().stream().map(ClusterConfiguration::name).toList()));
    }
    ClusterConfiguration cluster = configuration.clusters().getFirst();
    var recording = new Recording();
    Instant began = Instant.now();
    try (var scraper =
            ClusterScraper.of(
                OneLook.once(cluster),
                fingerprint -> configuration.acceptLine(cluster, fingerprint),
                InstantSource.system(),
                listener(recording),
                guards.of(cluster));
        guards) { // ends before the scraper
      guards.endedWithProcess(Duration.ZERO);
      OneLook.whole(scraper, cluster, new Scope.WholeCluster(), cluster.timeout());
      if (smart.isOn()) {
        scraper.askForSmart(Deadline.after(LONGEST_FOR_SMART));
      }
      guards.looked(cluster);
    }
    PrintWriter err = command.commandLine().getErr();
    guards.refusals().forEach(why -> err.println("exporter: " + why));
    if (recording.size() == 0) {
      err.println("exporter: the cluster answered nothing; 'proxmox-zfs-exporter check' says why.");
      return ExitCode.SOFTWARE;
    }
    try {
      recording.write(
          folder,
          began,
          Optional.empty(),
          names(cluster),
          "recorded by proxmox-zfs-exporter " + Version.current());
    } catch (IOException e) {
      err.println("exporter: " + folder + " cannot be written: " + e);
      return ExitCode.SOFTWARE;
    }
    PrintWriter out = command.commandLine().getOut();
    out.println(recording.size() + " answers were written to " + folder + ".");
    out.println("Look through them before you give them to others.");
    out.println("To replay them: proxmox-zfs-exporter demo --scenario-dir=" + folder);
    return ExitCode.OK;
  }

  /// Hears answers for a recording.
  static AnswerListener listener(Recording recording) {
    return new AnswerListener() {
      @Override
      public void answered(String path, int status, byte[] body) {
        recording.answered(decoded(path), status, body);
      }

      @Override
      public void unanswered(String path) {
        recording.unanswered(decoded(path));
      }
    };
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Names that the configuration holds and answers may repeat.
  static List<String> names(ClusterConfiguration cluster) {
    var names = new ArrayList<String>();
    names.add(cluster.name());
    cluster.endpoints().stream().map(URI::getHost).forEach(names::add);
    cluster.serverName().ifPresent(names::add);
    return names;
  }
}
