package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.StatusJson;
import io.github.proxmoxzfs.terminal.StatusScreen;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `status`: the whole cluster's `zpool status`, in the terminal.
@Command(
    name = "status",
    description = {
      "Show the state of all nodes, pools and disks.",
      "The exit code is 0 if all is well, 1 if something is to be looked at, 2 if it is urgent or"
          + " a node cannot be read."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int SHORTEST_INTERVAL = 2;

  @Spec private CommandSpec command;

  @Mixin private ClusterOptions clusters;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description = "Only this node; may be repeated. A single one is the only one asked.")
  private List<String> nodes = List.of();

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "10",
      description =
          "Show it again and again, in place, until Ctrl-C. Seconds between two looks:"
              + " ${FALLBACK-VALUE} if not given, 2 at least.")
  private @Nullable Integer watch;

  @Mixin private SmartOption smart;

  @Option(
      names = "--json",
      description =
          "As a line of JSON, whose form docs/status.md describes; with --watch a line each time.")
  private boolean json;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colours: one of ${COMPLETION-CANDIDATES}. auto: on a terminal, unless NO_COLOR is set."
              + " Default: ${DEFAULT-VALUE}")
  private Terminal.ColorWhen color;

  @Override
  public Integer call() throws InterruptedException {
    if (watch != null && watch < SHORTEST_INTERVAL) {
      throw new ParameterException(
          command.commandLine(), "--watch must be at least " + SHORTEST_INTERVAL + " seconds");
    }
    return switch (clusters.open()) {
      case ClusterOptions.Opened.Wrong(var mistakes) -> {
        mistakes.forEach(command.commandLine().getErr()::println);
        yield Severity.CRITICAL.exitCode();
      }
      case ClusterOptions.Opened.Chosen chosen -> {
        try (chosen) {
          yield show(chosen.configuration(), clusters.guards(chosen));
        }
      }
    };
  }

  private int show(Configuration configuration, UnansweredGuards guards)
      throws InterruptedException {
    // Told to end is how a watch ends: what it asked just then is most likely well.
    guards.endedWithProcess(watch == null ? Duration.ZERO : UnansweredGuard.SLOW);
    var scrapers = new ArrayList<ClusterScraper>();
    try {
      for (ClusterConfiguration cluster : configuration.clusters()) {
        scrapers.add(scraper(configuration, cluster, guards));
      }
      return watch == null
          ? print(look(configuration, scrapers, guards))
          : watch(configuration, scrapers, guards, Duration.ofSeconds(watch));
    } finally {
      guards.close();
      scrapers.forEach(ClusterScraper::close);
    }
  }

  private ClusterScraper scraper(
      Configuration configuration, ClusterConfiguration cluster, UnansweredGuards guards) {
    return ClusterScraper.of(
        watch == null ? OneLook.once(cluster) : OneLook.gentle(cluster),
        fingerprint -> configuration.acceptLine(cluster, fingerprint),
        InstantSource.system(),
        AnswerListener.NONE,
        guards.of(cluster));
  }

  private List<ClusterStatus> look(
      Configuration configuration, List<ClusterScraper> scrapers, UnansweredGuards guards) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var pending = new ArrayList<CompletableFuture<ClusterStatus>>();
      for (int i = 0; i < scrapers.size(); i++) {
        ClusterScraper scraper = scrapers.get(i);
        ClusterConfiguration cluster = configuration.clusters().get(i);
        pending.add(CompletableFuture.supplyAsync(() -> look(cluster, scraper, guards), threads));
      }
      return pending.stream().map(CompletableFuture::join).toList();
    }
  }

  private ClusterStatus look(
      ClusterConfiguration cluster, ClusterScraper scraper, UnansweredGuards guards) {
    Scope scope =
        nodes.size() == 1 ? new Scope.OneNode(nodes.getFirst()) : new Scope.WholeCluster();
    Duration patience = OneLook.patience(cluster);
    ClusterSnapshot snapshot;
    if (watch != null) {
      snapshot = scraper.collect(scope, cluster.collectors(), Deadline.after(patience));
    } else if (smart.isOn()) {
      snapshot = OneLook.wholeWithSmart(scraper, cluster, scope, patience);
    } else {
      snapshot = OneLook.whole(scraper, cluster, scope, patience);
    }
    guards.looked(cluster);
    return new ClusterStatus(
        cluster.name(),
        snapshot,
        scraper.activity(),
        cluster.locations(),
        node -> nodes.isEmpty() || nodes.contains(node));
  }

  private int print(List<ClusterStatus> statuses) {
    PrintWriter out = command.commandLine().getOut();
    lines(statuses, Terminal.current()).forEach(out::println);
    out.flush();
    return severity(statuses).exitCode();
  }

  private List<String> lines(List<ClusterStatus> statuses, Terminal terminal) {
    if (json) {
      return List.of(StatusJson.of(statuses));
    }
    var lines = new ArrayList<String>();
    var appearance = terminal.appearance(color);
    for (ClusterStatus status : statuses) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(StatusScreen.of(status, ZoneId.systemDefault(), appearance));
    }
    return lines;
  }

  private static Severity severity(List<ClusterStatus> statuses) {
    return statuses.stream()
        .map(ClusterStatus::severity)
        .reduce(Severity.HEALTHY, Severity::orWorse);
  }

  /// Looks until the process is told to end, which the JVM does with code 130 (Ctrl-C), or nobody
  /// reads what is shown: the cluster is not to be asked for that.
  private int watch(
      Configuration configuration,
      List<ClusterScraper> scrapers,
      UnansweredGuards guards,
      Duration interval)
      throws InterruptedException {
    Terminal terminal = Terminal.current();
    try (var screen = RedrawnScreen.of(terminal, json, command.commandLine().getOut())) {
      while (true) {
        List<ClusterStatus> statuses = look(configuration, scrapers, guards);
        screen.show(lines(statuses, terminal));
        if (command.commandLine().getOut().checkError()) {
          return severity(statuses).exitCode();
        }
        pause(scrapers, Deadline.after(interval));
      }
    }
  }

  /// Between two looks nothing else of ours is asked, so that the disks can be: a look does not
  /// wait for them, and the next one tells what they said.
  private void pause(List<ClusterScraper> scrapers, Deadline end) throws InterruptedException {
    if (smart.isOn()) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (ClusterScraper scraper : scrapers) {
          threads.execute(
              () -> {
                scraper.settle(end);
                scraper.askForSmartToTell(end);
              });
        }
      }
    }
    Thread.sleep(end.left());
  }
}
