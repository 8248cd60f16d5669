package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Start and memory of the image, against the limits that are set for them.
final class Footprint {
  private static final int STARTS = 5;

  /// After how long without a scrape the exporter counts as idle.
  static final Duration QUIET = Duration.ofSeconds(10);

  private static final int FIRST_SCRAPES = 500;
  private static final int MORE_SCRAPES = 1000;

  private static final double MOST_MILLISECONDS = 800;
  private static final double MOST_IDLE_MEGABYTES = 60;
  private static final double MOST_MEGABYTES = 80;

  private Footprint() {}

  /// Measures and prints.
  ///
  /// @param lastScrapes after how many scrapes the memory is looked at for the last time
  static void print(HttpClient client, int lastScrapes) throws IOException, InterruptedException {
    System.out.println("| measured | value | limit |");
    System.out.println("|---|---|---|");
    try (var clusters = SimulatedClusters.start(1, 2, 2, SimulatedClusters.CLOSED_SOON)) {
      printStart("2 nodes × 2 pools", clusters, client);
    }
    try (var clusters = SimulatedClusters.start(1, 8, 6, SimulatedClusters.CLOSED_SOON)) {
      printStart("8 nodes × 6 pools", clusters, client);
      try (var exporter = MeasuredExporter.start(Variant.IMAGE, clusters.configuration(), client)) {
        Thread.sleep(QUIET);
        print("resident memory idle, MB", exporter.residentMegabytes(), MOST_IDLE_MEGABYTES);
        double first = exporter.scrape("/metrics", FIRST_SCRAPES);
        print("after 500 scrapes, MB", first, MOST_MEGABYTES);
        double more = exporter.scrape("/metrics", MORE_SCRAPES - FIRST_SCRAPES);
        print("after 1,000 scrapes, MB", more, MOST_MEGABYTES);
        double last = exporter.scrape("/metrics", lastScrapes - MORE_SCRAPES);
        print("after " + lastScrapes + " scrapes, MB", last, MOST_MEGABYTES);
        System.out.printf(
            Locale.ROOT, "| the last against that after 500 scrapes | %.2f | 1 |%n", last / first);
      }
    }
  }

  private static void printStart(String size, SimulatedClusters clusters, HttpClient client)
      throws IOException, InterruptedException {
    var listening = new ArrayList<Long>();
    var good = new ArrayList<Long>();
    for (int i = 0; i < STARTS; i++) {
      try (var exporter = MeasuredExporter.start(Variant.IMAGE, clusters.configuration(), client)) {
        listening.add(exporter.age().toMillis());
        exporter.scrapeUntilGood("/metrics");
        good.add(exporter.age().toMillis());
      }
    }
    System.out.printf(
        "| %s: listening, ms (median of %d starts) | %d | |%n", size, STARTS, median(listening));
    print(size + ": first good scrape, ms (median)", median(good), MOST_MILLISECONDS);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(String what, double value, double limit) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.0f%s |%n",
        what,
        value,
        limit,
        value <= limit ? "" : ", **missed**");
  }
}
