package io.github.proxmoxzfs.bench.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// An exporter in a process of its own, asked and watched from outside.
final class MeasuredExporter implements AutoCloseable {
  /// As Prometheus 3 asks.
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern LISTENING = Pattern.compile("Listening.*address=\\S*:(\\d+)");

  private static final int LAST = 50;

  private static final int KIBIBYTE = 1024;

  /// What makes a scrape good: a pool is told of.
  private static final String POOL = "zfs_pool_state{";

  private final Process process;
  private final long started;
  private final Path folder;
  private final HttpClient client;
  private final URI address;

  private MeasuredExporter(
      Process process, long started, Path folder, HttpClient client, URI address) {
    this.process = process;
    this.started = started;
    this.folder = folder;
    this.client = client;
    this.address = address;
  }

  /// Starts it.
  ///
  /// @param client what to ask it with; warm, so that its own slowness at first is not measured
  static MeasuredExporter start(Variant variant, String configuration, HttpClient client)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench");
    Files.writeString(folder.resolve("config.yml"), configuration);
    Path log = folder.resolve("log");
    var command = new ArrayList<>(variant.command());
    command.addAll(
        List.of(
            "--config.file=" + folder.resolve("config.yml"), "--web.listen-address=127.0.0.1:0"));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(variant.environment());
    long started = System.nanoTime();
    Process process = builder.start();
    long end = started + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      var listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        var address = URI.create("http://127.0.0.1:" + listening.group(1));
        return new MeasuredExporter(process, started, folder, client, address);
      }
      Thread.sleep(2);
    }
    process.destroyForcibly();
    throw new IOException(variant + " does not listen: " + Files.readString(log));
  }

  /// How long it has been there.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /// Scrapes the cluster until its pools are told of.
  void scrapeUntilGood(String path) throws IOException, InterruptedException {
    while (!scrape(path).contains(POOL)) {
      if (age().compareTo(PATIENCE) > 0) {
        throw new IOException("no scrape was good");
      }
    }
  }

  /// Scrapes once, as Prometheus does.
  ///
  /// @return the metrics
  String scrape(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Accept", ACCEPT)
            .header("Accept-Encoding", "gzip")
            .header("X-Prometheus-Scrape-Timeout-Seconds", "10");
    HttpResponse<java.io.InputStream> response =
        client.send(request.build(), BodyHandlers.ofInputStream());
    try (var body = new GZIPInputStream(response.body())) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (response.statusCode() != 200) {
        throw new IOException(path + " answered " + response.statusCode() + ": " + text);
      }
      return text;
    }
  }

  /// Scrapes a number of times, with pauses in which the connections to Proxmox are closed.
  ///
  /// @return the resident memory, the median of that after each of the last 50: between two
  ///   collections of garbage it goes up and down by some megabytes
  double scrape(String path, int times) throws IOException, InterruptedException {
    var megabytes = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      scrapeGood(path);
      Thread.sleep(SimulatedClusters.CLOSED_SOON.multipliedBy(3).dividedBy(2));
      megabytes.add(residentMegabytes());
    }
    List<Double> last =
        megabytes.subList(Math.max(0, times - LAST), times).stream().sorted().toList();
    return last.get(last.size() / 2);
  }

  /// Scrapes once, and expects pools in the answer.
  void scrapeGood(String path) throws IOException, InterruptedException {
    if (!scrape(path).contains(POOL)) {
      throw new IOException("a scrape was not good: " + Files.readString(folder.resolve("log")));
    }
  }

  /// The resident memory, as `process_resident_memory_bytes` tells it.
  double residentMegabytes() throws IOException {
    return kibibytes("VmRSS") * KIBIBYTE / 1e6;
  }

  private long kibibytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /// The CPU time so far.
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
