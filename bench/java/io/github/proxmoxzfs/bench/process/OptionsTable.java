package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;

/// What each option of the image buys: each is left out in turn.
final class OptionsTable {
  /// How many scrapes are enough to tell variants apart.
  static final int SCRAPES = 200;

  private static final List<Variant> VARIANTS =
      List.of(
          Variant.IMAGE,
          Variant.withOptions("no AOT cache", "-XX:AOTMode=off"),
          Variant.withOptions(
              "no AOT cache, compact object headers",
              "-XX:AOTMode=off",
              "-XX:+UseCompactObjectHeaders"),
          Variant.withOptions(
              "AOT cache at a fixed address",
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:ArchiveRelocationMode=0"),
          Variant.withOptions("G1", "-XX:-UseSerialGC", "-XX:+UseG1GC"),
          Variant.withOptions("no collection asked for", "-XX:+DisableExplicitGC"),
          Variant.withOptions(
              "heap given back as is usual",
              "-XX:MinHeapFreeRatio=40",
              "-XX:MaxHeapFreeRatio=70",
              "-XX:+ShrinkHeapInSteps"),
          Variant.withOptions("young generation of 8 MB", "-Xms16m", "-Xmn8m"),
          Variant.withOptions("compiled as early as is usual", "-XX:CompileThresholdScaling=1"),
          Variant.withOptions("both compilers", "-XX:TieredStopAtLevel=4"),
          Variant.withOptions("stacks of 256 kB", "-Xss256k"),
          Variant.withOptions(
              "reflection by method handles", "-Djdk.reflect.useNativeAccessorOnly=false"),
          Variant.withOptions("no trimming of malloc", "-XX:TrimNativeHeapInterval=0"),
          Variant.withEnvironment("as many malloc arenas as glibc likes", "MALLOC_ARENA_MAX", "0"),
          Variant.withOptions("with the file for jstat", "-XX:+UsePerfData"),
          Variant.plain());

  private OptionsTable() {}

  /// Measures all and prints the table.
  static void print(HttpClient client, int scrapes) throws IOException, InterruptedException {
    try (var clusters = SimulatedClusters.start(1, 8, 6, SimulatedClusters.CLOSED_SOON)) {
      System.out.println(
          "| variant | listening, ms | first good scrape, ms | idle, MB | after "
              + scrapes
              + " scrapes, MB | CPU of the start, ms | CPU of a scrape, ms |");
      System.out.println("|---|---|---|---|---|---|---|");
      for (Variant variant : VARIANTS) {
        System.out.println(row(variant, clusters.configuration(), client, scrapes));
      }
    }
  }

  private static String row(Variant variant, String configuration, HttpClient client, int scrapes)
      throws IOException, InterruptedException {
    try (var exporter = MeasuredExporter.start(variant, configuration, client)) {
      long listening = exporter.age().toMillis();
      exporter.scrapeUntilGood("/metrics");
      long good = exporter.age().toMillis();
      Thread.sleep(Footprint.QUIET);
      double idle = exporter.residentMegabytes();
      long startCpu = exporter.cpu().toMillis();
      double busy = exporter.scrape("/metrics", scrapes);
      double cpu = (exporter.cpu().toMillis() - startCpu) / (double) scrapes;
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
