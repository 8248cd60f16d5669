package io.github.proxmoxzfs.bench.scrape;

import io.github.proxmoxzfs.bench.Surroundings;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.sim.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The process of a simulated cluster: it does what its input tells, line by line, and says so. It
/// is Prometheus too, so that what that costs is not counted as ours either.
final class SimulatedCluster {
  /// What the node needs for `/nodes`.
  static final Duration LIST_OF_NODES = Duration.ofMillis(3);

  /// What the node needs for each zfs call.
  static final Duration ZFS_CALL = Duration.ofMillis(25);

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Simulator simulator;

  private SimulatedCluster(Simulator simulator) {
    this.simulator = simulator;
  }

  /// Plays until the input ends.
  ///
  /// @param args how many nodes, and pools of each
  public static void main(String[] args) throws IOException, InterruptedException {
    var scenario = Scenario.generated(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    var options = SimulatorOptions.defaults().withCallDelay(ZFS_CALL);
    try (var simulator = Simulator.start(scenario, options);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      slowDownNodes(simulator);
      var surroundings = Surroundings.of(scenario);
      surroundings.play(simulator);
      var cluster = new SimulatedCluster(simulator);
      System.out.println(simulator.endpoint() + " " + surroundings.disks());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(cluster.obey(line));
      }
    }
  }

  /// The list of nodes as it is now, and later than at once.
  private static void slowDownNodes(Simulator simulator) throws IOException, InterruptedException {
    var authorization = Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN);
    var body = simulator.exchange("GET", "/api2/json/nodes", authorization, "", PATIENCE).body();
    simulator.answer(
        "/nodes", Answer.json(new String(body, StandardCharsets.UTF_8)).delayed(LIST_OF_NODES));
  }

  private static int port(String command) {
    return Integer.parseInt(command.split(" ")[1]);
  }

  private String obey(String command) throws IOException, InterruptedException {
    return switch (command.split(" ")[0]) {
      case "close" -> close();
      case "traffic" -> traffic();
      case "scrape" -> String.valueOf(Prometheus.scrape(port(command)));
      case "disks" -> String.valueOf(Prometheus.disks(port(command)));
      default -> throw new IllegalArgumentException(command);
    };
  }

  /// Closes all connections, as the server does when nobody uses them for 5 seconds, and waits
  /// until the client has seen it: else its next request would meet a closed connection.
  private String close() throws InterruptedException, IOException {
    do {
      simulator.closeIdleConnections();
      Thread.sleep(1);
    } while (simulator.traffic().connectionsOpen() > 0 || hasClients());
    return "closed";
  }

  /// Whether there is a socket of this machine that is connected to us and not closed. The kernel
  /// lists a socket's remote address in the third column and its state in the fourth: 01 is
  /// established, 08 closed by the other side.
  private boolean hasClients() throws IOException {
    String ourPort = String.format(Locale.ROOT, ":%04X", simulator.endpoint().getPort());
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] columns = line.strip().split(" +");
        if (columns[2].endsWith(ourPort) && (columns[3].equals("01") || columns[3].equals("08"))) {
          return true;
        }
      }
    }
    return false;
  }

  /// All of it since the start, but requests since the last time.
  private String traffic() {
    Traffic traffic = simulator.traffic();
    int requests = simulator.requests().size();
    simulator.forgetRequests();
    return "%d %d %d %d %d"
        .formatted(
            traffic.connectionsOpened(),
            traffic.fullHandshakes(),
            traffic.resumedHandshakes(),
            traffic.logins(),
            requests);
  }
}
