package io.github.proxmoxzfs.soak;

import io.github.proxmoxzfs.app.StartedExporter;
import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.web.Limits;
import io.github.proxmoxzfs.web.ServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Two clusters, one of them behind two endpoints and asked by token, the other one by password,
/// and the exporter that asks them.
final class Landscape implements AutoCloseable {
  static final List<String> TARGETS = List.of("two-endpoints", "one-endpoint");

  private final FastClock ours = new FastClock(60);

  /// At the usual speed, since the uptime of nodes goes by it.
  private final FastClock theirs = new FastClock(1);

  private final List<Simulator> simulators = Stream.generate(this::simulator).limit(3).toList();
  private final StartedExporter exporter;

  Landscape(Path stateDirectory) {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    var configuration =
        new Configuration(
            List.of(
                cluster(
                    TARGETS.getFirst(),
                    simulators.subList(0, 2),
                    new Credential.Token(token[0], new Secret(token[1]))),
                cluster(
                    TARGETS.getLast(),
                    simulators.subList(2, 3),
                    new Credential.Password(
                        Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD)))),
            Format.YAML,
            Optional.empty(),
            List.of());
    exporter = new StartedExporter(configuration, stateDirectory, settings(), ours);
    ours.start();
    theirs.start();
  }

  private Simulator simulator() {
    return Simulator.start(
        Scenario.named("healthy"),
        SimulatorOptions.defaults()
            .withClock(theirs)
            .withCallDelay(Duration.ofMillis(5))
            .withRefusalDelay(Duration.ofMillis(300))
            .withNoRouteDelay(Duration.ofMillis(300))
            .withTimeout(Duration.ofSeconds(27)));
  }

  private static ClusterConfiguration cluster(
      String name, List<Simulator> endpoints, Credential credential) {
    return ClusterConfiguration.of(
            name,
            endpoints.stream().map(Simulator::endpoint).toList(),
            credential,
            new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
        .withRequests(new Requests(2, 8, Duration.ofMillis(500)));
  }

  private ServerSettings settings() {
    return new ServerSettings(
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        "/metrics",
        "soak",
        ours.instant(),
        new Limits(
            Limits.SCRAPES,
            400,
            512,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1)));
  }

  int port() {
    return exporter.port();
  }

  List<Simulator> simulators() {
    return simulators;
  }

  @Override
  public void close() {
    exporter.close();
    simulators.forEach(Simulator::close);
  }
}
