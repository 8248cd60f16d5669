package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A hundred clusters in one process, each scraped in its own turn, as a Prometheus does.
final class ManyClusters {
  private static final int CLUSTERS = 100;
  private static final int NODES = 3;
  private static final int POOLS = 2;

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  /// Not measured: the exporter warms up.
  private static final int FIRST_ROUNDS = 2;

  private ManyClusters() {}

  /// Measures and prints.
  static void print(HttpClient client, int rounds) throws IOException, InterruptedException {
    try (var clusters =
            SimulatedClusters.start(CLUSTERS, NODES, POOLS, SimulatedClusters.CLOSED_BY_PROXMOX);
        var exporter = MeasuredExporter.start(Variant.IMAGE, clusters.configuration(), client)) {
      Thread.sleep(Footprint.QUIET);
      System.out.printf(
          Locale.ROOT,
          "%d clusters of %d nodes × %d pools, each scraped every %d s for %d rounds%n%n",
          CLUSTERS,
          NODES,
          POOLS,
          INTERVAL.toSeconds(),
          rounds);
      System.out.println("| measured | value |");
      System.out.println("|---|---|");
      print("resident memory before the first scrape, MB", exporter.residentMegabytes());
      run(exporter, FIRST_ROUNDS);
      Duration cpu = exporter.cpu();
      long begun = System.nanoTime();
      List<Duration> lateness = run(exporter, rounds);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double used = exporter.cpu().minus(cpu).toMillis();
      print("resident memory after them, MB", exporter.residentMegabytes());
      print("CPU of a scrape, ms", used / lateness.size());
      print("CPU, % of one processor", used / 10 / seconds);
      List<Duration> sorted = lateness.stream().sorted().toList();
      print("end of a scrape after it was due, p50, ms", sorted.get(sorted.size() / 2).toMillis());
      print("the same, p99, ms", sorted.get(sorted.size() * 99 / 100).toMillis());
      print("the same, longest, ms", sorted.getLast().toMillis());
    }
  }

  private static void print(String what, double value) {
    System.out.printf(Locale.ROOT, "| %s | %.0f |%n", what, value);
  }

  /// Scrapes all for some rounds.
  ///
  /// @return how long after it was due each scrape had ended
  private static List<Duration> run(MeasuredExporter exporter, int rounds)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var scrapes = new ArrayList<Future<List<Duration>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int cluster = 0; cluster < CLUSTERS; cluster++) {
        String path = "/probe?target=c" + cluster;
        long first = begin + INTERVAL.toNanos() * cluster / CLUSTERS;
        Callable<List<Duration>> turns = () -> scrapeInTurns(exporter, path, first, rounds);
        scrapes.add(threads.submit(turns));
      }
      var lateness = new ArrayList<Duration>();
      for (Future<List<Duration>> scrape : scrapes) {
        lateness.addAll(scrape.get());
      }
      return lateness;
    } catch (ExecutionException failure) {
      throw new IOException(failure.getCause());
    }
  }

  private static List<Duration> scrapeInTurns(
      MeasuredExporter exporter, String path, long first, int rounds)
      throws IOException, InterruptedException {
    var lateness = new ArrayList<Duration>();
    for (int round = 0; round < rounds; round++) {
      long due = first + INTERVAL.toNanos() * round;
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      exporter.scrapeGood(path);
      lateness.add(Duration.ofNanos(System.nanoTime() - due));
    }
    return lateness;
  }
}
