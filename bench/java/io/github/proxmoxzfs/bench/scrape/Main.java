package io.github.proxmoxzfs.bench.scrape;

import io.github.proxmoxzfs.bench.scrape.LowerBound.Limits;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures scrapes over the wire and prints tables.
final class Main {
  /// Each with the most that the median may be of the lower bound.
  private static final List<Goal> GOALS =
      List.of(
          new Goal(new Size(2, 2), 1.8),
          new Goal(new Size(8, 6), 1.6),
          new Goal(new Size(32, 6), 1.6));

  private static final double MOST_CPU = 1.5;
  private static final double MOST_FULL_HANDSHAKES = 2;

  private static final Limits DEFAULTS =
      new Limits(Requests.DEFAULTS.perNode(), Requests.DEFAULTS.inFlight());

  private static final List<Integer> PER_NODE = List.of(1, 2);
  private static final List<Integer> IN_FLIGHT = List.of(4, 8, 12, 16, 24);

  /// How many scrapes make the JVM compile what it will ever compile; what is done but once in a
  /// scrape needs as many.
  private static final int WARM_UP = 300;

  private static final int SCRAPES_OF_A_ROUND = 5;
  private static final int SCRAPES_OF_LIMITS = 2;

  private record Goal(Size size, double ratio) {}

  private final int rounds;

  private Main(int rounds) {
    this.rounds = rounds;
  }

  /// Measures.
  ///
  /// @param args how many rounds; which tables: `cost`, `limits`
  public static void main(String[] args) throws IOException, InterruptedException {
    var main = new Main(Integer.parseInt(args[0]));
    warmUp();
    for (String table : List.of(args).subList(1, args.length)) {
      switch (table) {
        case "cost" -> main.cost();
        case "limits" -> main.limits();
        default -> throw new IllegalArgumentException("there is no table " + table);
      }
      System.out.println();
    }
  }

  private static void warmUp() throws IOException, InterruptedException {
    var size = new Size(2, 2);
    try (var cluster = ClusterProcess.start(size);
        var exporter = Exporter.start(cluster, DEFAULTS, Exporter.token());
        var bare = new BareLoop(cluster, size, DEFAULTS)) {
      var _ = Rounds.of(List.of(exporter, bare), cluster, 1, WARM_UP);
    }
  }

  /// The exporter against the bound and against the bare loop.
  private void cost() throws IOException, InterruptedException {
    var table =
        new MarkdownTable(
            "nodes × pools",
            "credential",
            "bound, ms",
            "p50 / bound",
            "at most",
            "bare loop: p50 / bound",
            "CPU / bare loop",
            "at most",
            "requests",
            "connections",
            "resumed handshakes",
            "full handshakes",
            "at most",
            "logins",
            "CPU, ms");
    var credentials = Map.of("token", Exporter.token(), "ticket", Exporter.password());
    for (Goal goal : GOALS) {
      for (String kind : List.of("token", "ticket")) {
        cost(table, goal, kind, credentials.get(kind));
      }
    }
  }

  private void cost(MarkdownTable table, Goal goal, String kind, Credential credential)
      throws IOException, InterruptedException {
    try (var cluster = ClusterProcess.start(goal.size());
        var exporter = Exporter.start(cluster, DEFAULTS, credential);
        var bare = new BareLoop(cluster, goal.size(), DEFAULTS)) {
      var all = Rounds.of(List.of(exporter, bare), cluster, rounds, SCRAPES_OF_A_ROUND);
      Cost ours = all.sum(0);
      double bound = LowerBound.millis(goal.size(), DEFAULTS);
      table.row(
          goal.size(),
          kind,
          bound,
          ours.medianMillis() / bound,
          goal.ratio(),
          all.sum(1).medianMillis() / bound,
          all.ratio(0, 1, Cost::cpuMillis),
          MOST_CPU,
          ours.requests(),
          ours.connections(),
          ours.resumed(),
          ours.full(),
          MOST_FULL_HANDSHAKES,
          ours.logins(),
          ours.cpuMillis());
    }
  }

  /// What other limits would do, against the defaults.
  private void limits() throws IOException, InterruptedException {
    var table =
        new MarkdownTable(
            "nodes × pools",
            "per node",
            "in flight",
            "p50 / bound",
            "p50 / that of the defaults",
            "CPU / that of the defaults",
            "connections",
            "full handshakes");
    for (Goal goal : GOALS) {
      limits(table, goal.size());
    }
  }

  private void limits(MarkdownTable table, Size size) throws IOException, InterruptedException {
    var limits = new ArrayList<Limits>();
    for (int perNode : PER_NODE) {
      for (int inFlight : IN_FLIGHT) {
        limits.add(new Limits(perNode, inFlight));
      }
    }
    int defaults = limits.indexOf(DEFAULTS);
    try (var cluster = ClusterProcess.start(size)) {
      var exporters = new ArrayList<Exporter>();
      for (Limits some : limits) {
        exporters.add(Exporter.start(cluster, some, Exporter.token()));
      }
      var all = Rounds.of(exporters, cluster, rounds, SCRAPES_OF_LIMITS);
      for (int i = 0; i < limits.size(); i++) {
        Limits some = limits.get(i);
        Cost cost = all.sum(i);
        table.row(
            size,
            some.perNode(),
            some.inFlight(),
            cost.medianMillis() / LowerBound.millis(size, some),
            all.ratio(i, defaults, Cost::medianMillis),
            all.ratio(i, defaults, Cost::cpuMillis),
            cost.connections(),
            cost.full());
      }
      exporters.forEach(Exporter::close);
    }
  }

  /// Prints row by row.
  private static final class MarkdownTable {
    MarkdownTable(String... heads) {
      System.out.println("| " + String.join(" | ", heads) + " |");
      System.out.println("|" + "---|".repeat(heads.length));
    }

    void row(Object... cells) {
      var texts = new ArrayList<String>();
      for (Object cell : cells) {
        texts.add(
            cell instanceof Double number
                ? String.format(Locale.ROOT, "%.2f", number)
                : cell.toString());
      }
      System.out.println("| " + String.join(" | ", texts) + " |");
    }
  }
}
