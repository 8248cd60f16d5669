package io.github.proxmoxzfs.bench.process;

import io.github.proxmoxzfs.bench.RecordedPool;
import io.github.proxmoxzfs.bench.Surroundings;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Simulated clusters in a process of their own, so that what they cost is not counted as ours.
final class SimulatedClusters implements AutoCloseable {
  /// How long `zpool` takes for each call.
  private static final Duration CALL = Duration.ofMillis(25);

  /// After how long Proxmox closes a connection without a request.
  static final Duration CLOSED_BY_PROXMOX = Duration.ofSeconds(5);

  /// The same where scrapes follow each other closely: all the same it is before the next one.
  static final Duration CLOSED_SOON = Duration.ofMillis(50);

  private final Process process;
  private final List<String> endpoints;

  private SimulatedClusters(Process process, List<String> endpoints) {
    this.process = process;
    this.endpoints = endpoints;
  }

  /// Starts some clusters, all of the same size.
  ///
  /// @param idle after how long a connection without a request is closed
  static SimulatedClusters start(int clusters, int nodes, int poolsOfNode, Duration idle)
      throws IOException {
    Process process =
        new ProcessBuilder(
                java().toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                SimulatedClusters.class.getName(),
                String.valueOf(clusters),
                String.valueOf(nodes),
                String.valueOf(poolsOfNode),
                idle.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var endpoints = new ArrayList<String>();
    while (endpoints.size() < clusters) {
      String endpoint = out.readLine();
      if (endpoint == null) {
        throw new IOException("the simulator ended");
      }
      endpoints.add(endpoint);
    }
    return new SimulatedClusters(process, endpoints);
  }

  /// The Java that runs us.
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// A configuration of these clusters, named `c0` and so on.
  String configuration() {
    var text = new StringBuilder("clusters:\n");
    for (int i = 0; i < endpoints.size(); i++) {
      text.append(
          """
            - name: c%d
              endpoints: ["%s"]
              token: %s
              fingerprints: ["%s"]
              requests: {shared_for: 0s}
          """
              .formatted(
                  i,
                  endpoints.get(i),
                  Credentials.MONITOR_TOKEN,
                  ServerCertificate.PROXMOX.fingerprint()));
    }
    return text.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// The process: prints the endpoints and plays until its input ends.
  ///
  /// @param args how many clusters, nodes of each, pools of each node; when idle connections are
  ///   closed
  public static void main(String[] args) throws IOException, InterruptedException {
    int clusters = Integer.parseInt(args[0]);
    Scenario scenario = scenario(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    var options =
        SimulatorOptions.defaults().withCallDelay(CALL).withIdleTimeout(Duration.parse(args[3]));
    var surroundings = Surroundings.of(scenario);
    for (int i = 0; i < clusters; i++) {
      var simulator = Simulator.start(scenario, options);
      surroundings.play(simulator);
      System.out.println(simulator.endpoint());
    }
    while (System.in.read() >= 0) {
      // Its parent lives.
    }
    System.exit(0);
  }

  private static Scenario scenario(int nodes, int poolsOfNode) {
    var scenario = Scenario.builder("bench");
    for (int node = 0; node < nodes; node++) {
      String name = String.format(Locale.ROOT, "pve%02d", node);
      scenario.node(name, ZoneOffset.UTC);
      var pools = new ArrayList<String>();
      for (int i = 0; i < poolsOfNode; i++) {
        int number = node * poolsOfNode + i;
        var pool = RecordedPool.ALL.get(number % RecordedPool.ALL.size()).named(number);
        pools.add(pool.row());
        scenario.answer(
            String.format(Locale.ROOT, "/nodes/%s/disks/zfs/pool%04d", name, number),
            pool.status());
      }
      scenario.answer(
          "/nodes/" + name + "/disks/zfs",
          pools.stream().collect(Collectors.joining(",", "{\"data\":[", "]}")));
    }
    return scenario.build();
  }
}
