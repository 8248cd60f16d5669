package io.github.proxmoxzfs.packaging;

import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs the image's exporter against simulated clusters on loopback, so that Java writes down which
/// classes it loads and keeps them, loaded and linked, in its AOT cache.
///
/// What is not exercised here works too; it only starts more slowly.
final class TrainingRun {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int ROUNDS = 3;

  /// Without profiles for the second compiler, which is off.
  private static final String RECORD =
      "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=";

  /// Answers come after their requests, and connections are closed in between.
  private static final SimulatorOptions AS_A_CLUSTER =
      SimulatorOptions.forTests()
          .withCallDelay(Duration.ofMillis(25))
          .withIdleTimeout(Duration.ofMillis(50));

  private static final String OPENMETRICS = "application/openmetrics-text;version=1.0.0";

  private static final Pattern LISTENING = Pattern.compile("Listening.*address=\\S*:(\\d+)");

  private final Path image;

  TrainingRun(Path image) {
    this.image = image;
  }

  /// Makes the AOT cache and shows that it can be used.
  void makeCache() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("training");
    var simulators = new ArrayList<Simulator>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      Path configuration = scratch.resolve("config.yml");
      Files.writeString(configuration, clusters(simulators, scratch));
      Path log = scratch.resolve("log");
      Process exporter =
          start(
              RECORD + cache(),
              log,
              "--config.file=" + configuration,
              "--state.directory=" + Files.createDirectory(scratch.resolve("state")),
              "--web.listen-address=127.0.0.1:0");
      try {
        scrape(client, port(exporter, log));
      } finally {
        end(exporter, log);
      }
      check(scratch.resolve("check"));
    } finally {
      simulators.forEach(Simulator::close);
      delete(scratch);
    }
  }

  /// Takes a cache that was made of the same jars and runtime, and shows that it can be used.
  void takeCache(Path made) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("training");
    try {
      Files.copy(made, cache());
      check(scratch.resolve("check"));
    } finally {
      delete(scratch);
    }
  }

  private Path cache() {
    return image.resolve("app/proxmox-zfs-exporter.aot");
  }

  /// A cluster of each scenario, by turns with a token and a fingerprint, and with a password and
  /// an authority.
  private static String clusters(List<Simulator> simulators, Path scratch) throws IOException {
    var authority = scratch.resolve("authority.pem");
    Files.writeString(authority, Simulator.certificateAuthorityPem());
    var configuration = new StringBuilder("clusters:\n");
    for (String scenario : Scenario.names().keySet()) {
      var simulator = Simulator.start(Scenario.named(scenario), AS_A_CLUSTER);
      simulators.add(simulator);
      configuration.append(
          """
            - name: %s
              endpoints: [%s]
              requests: {shared_for: 0s}
          """
              .formatted(scenario, simulator.endpoint()));
      configuration.append(
          simulators.size() % 2 == 1
              ? """
                    token: %s
                    fingerprints: ["%s"]
                """
                  .formatted(Credentials.MONITOR_TOKEN, ServerCertificate.PROXMOX.fingerprint())
              : """
                    user: %s
                    password: %s
                    ca_file: %s
                """
                  .formatted(Credentials.MONITOR_USER, Credentials.MONITOR_PASSWORD, authority));
    }
    return configuration.toString();
  }

  private Process start(String option, Path log, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(image.resolve("bin/proxmox-zfs-exporter").toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("EXPORTER_JAVA_OPTS", option);
    // Options from elsewhere are not to be trained.
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS"));
    return builder.start();
  }

  private static int port(Process exporter, Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (exporter.isAlive() && System.nanoTime() < end) {
      var listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      Thread.sleep(50);
    }
    throw failure("The exporter does not listen", log);
  }

  private static void scrape(HttpClient client, int port) throws IOException, InterruptedException {
    var address = URI.create("http://127.0.0.1:" + port);
    for (int round = 0; round < ROUNDS; round++) {
      for (String scenario : Scenario.names().keySet()) {
        URI probe = address.resolve("/probe?target=" + scenario);
        get(client, probe, Map.of("Accept", "text/plain"));
        get(client, probe, Map.of("Accept", OPENMETRICS, "Accept-Encoding", "gzip"));
      }
      for (String path : List.of("/", "/metrics", "/-/healthy", "/-/ready")) {
        get(client, address.resolve(path), Map.of());
      }
    }
    String healthy =
        get(client, address.resolve("/probe?target=healthy"), Map.of("Accept", "text/plain"));
    if (!healthy.contains("\nzfs_pool_state{")) {
      throw new IllegalStateException("The scraped metrics tell of no pool: " + healthy);
    }
  }

  private static String get(HttpClient client, URI address, Map<String, String> headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    headers.forEach(request::header);
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(address + " answered " + response.statusCode());
    }
    return response.body();
  }

  /// Tells the exporter to end, upon which Java makes the cache.
  private static void end(Process exporter, Path log) throws IOException, InterruptedException {
    exporter.destroy();
    if (!exporter.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      exporter.descendants().forEach(ProcessHandle::destroyForcibly);
      exporter.destroyForcibly().waitFor();
      throw failure("The exporter does not end", log);
    }
  }

  /// Starts once with the cache; `AOTMode=on` makes it fail where the cache is not usable.
  private void check(Path log) throws IOException, InterruptedException {
    Process exporter = start("-XX:AOTMode=on", log, "--version");
    if (!exporter.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || exporter.exitValue() != 0) {
      exporter.destroyForcibly();
      throw failure("The AOT cache cannot be used", log);
    }
  }

  private static IllegalStateException failure(String sentence, Path log) throws IOException {
    return new IllegalStateException(sentence + ". It wrote:\n" + Files.readString(log));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
