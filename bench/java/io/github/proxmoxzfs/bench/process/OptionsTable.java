package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What each option of the image buys: each is left out in turn.
final class OptionsTable {
  private static final int SCRAPES = 200;

  private static final Duration QUIET = Duration.ofSeconds(8);

  private static final List<Variant> VARIANTS =
      List.of(
          Variant.IMAGE,
          Variant.withOptions("no AOT cache", "-XX:AOTMode=off"),
          Variant.withOptions("cache relocated", "-XX:ArchiveRelocationMode=1"),
          Variant.withOptions("G1", "-XX:-UseSerialGC", "-XX:+UseG1GC"),
          Variant.withOptions("both compilers", "-XX:TieredStopAtLevel=4"),
          Variant.withOptions(
              "objects with wide headers, no AOT cache",
              "-XX:-UseCompactObjectHeaders",
              "-XX:AOTMode=off"),
          Variant.withOptions(
              "young generation as Java chooses", "-XX:NewSize=1331200", "-XX:MaxNewSize=42m"),
          Variant.withOptions("-Xss as Java chooses", "-Xss1m"),
          Variant.withOptions("no trimming", "-XX:TrimNativeHeapInterval=0"),
          Variant.withEnvironment("malloc arenas as glibc chooses", "MALLOC_ARENA_MAX", "0"),
          Variant.withOptions("file for jstat", "-XX:+UsePerfData"),
          Variant.plain());

  private OptionsTable() {}

  /// Measures all and prints the table.
  static void print(HttpClient client) throws IOException, InterruptedException {
    try (var clusters = SimulatedClusters.start(1, 8, 6)) {
      System.out.println(
          "| variant | listening, ms | first good scrape, ms | idle, MB | after "
              + SCRAPES
              + " scrapes, MB | CPU of the start, ms | CPU of a scrape, ms |");
      System.out.println("|---|---|---|---|---|---|---|");
      for (Variant variant : VARIANTS) {
        System.out.println(row(variant, clusters.configuration(), client));
      }
    }
  }

  private static String row(Variant variant, String configuration, HttpClient client)
      throws IOException, InterruptedException {
    try (var exporter = MeasuredExporter.start(variant, configuration, client)) {
      long listening = exporter.age().toMillis();
      exporter.scrapeUntilGood("/metrics");
      long good = exporter.age().toMillis();
      Thread.sleep(QUIET);
      double idle = exporter.residentMegabytes();
      long startCpu = exporter.cpu().toMillis();
      exporter.scrape("/metrics", SCRAPES);
      double busy = exporter.residentMegabytes();
      double cpu = (exporter.cpu().toMillis() - startCpu) / (double) SCRAPES;
      return String.format(
          Locale.ROOT,
          "| %s | %d | %d | %.0f | %.0f | %d | %.0f |",
          variant.name(),
          listening,
          good,
          idle,
          busy,
          startCpu,
          cpu);
    }
  }
}
