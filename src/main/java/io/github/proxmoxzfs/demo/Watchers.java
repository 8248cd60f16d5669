package io.github.proxmoxzfs.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A Prometheus with our rules that scrapes the exporter, and an Alertmanager with our routes that
/// notifies us: real ones, but all their times are a sixtieth ([ShortenedTimes]). What they write
/// is in a temporary folder, which goes with them.
public final class Watchers implements AutoCloseable {
  /// The files of monitoring/rules that are shipped within.
  static final List<String> RULES =
      List.of("disks", "exporter", "pools", "replication", "scans", "storage", "vdevs");

  private static final String LOCAL = "http://127.0.0.1:";
  private static final String PAGER_AND_MAIL = "http://localhost:9095/";

  private final Path folder = Files.createTempDirectory("proxmox-zfs-exporter-demo-");
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final int prometheusPort;
  private final int alertmanagerPort;
  private boolean closed;

  private Watchers() throws IOException {
    this.prometheusPort = Child.freePort(9090);
    this.alertmanagerPort = Child.freePort(9093);
  }

  /// Starts both.
  ///
  /// @param metrics what is to be scraped
  /// @param origin when the cluster's clock showed the same as ours
  /// @param environment where the programs are looked for
  /// @param told is given each notification
  /// @param died is told if one of the two ends by itself
  /// @throws MissingProgramException if one is not installed
  /// @throws IOException if one cannot be started, with the end of its log
  public static Watchers start(
      URI metrics,
      Instant origin,
      Map<String, String> environment,
      Consumer<Told> told,
      Consumer<String> died)
      throws IOException, InterruptedException {
    Path prometheus = Child.find(environment, "prometheus");
    Path alertmanager = Child.find(environment, "prometheus-alertmanager", "alertmanager");
    var watchers = new Watchers();
    try {
      watchers.startAlertmanager(alertmanager, origin, told, died);
      watchers.startPrometheus(prometheus, metrics, origin, died);
      return watchers;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      watchers.close();
      throw failure;
    }
  }

  /// Fails as [#start] does where one is not installed.
  public static void requireInstalled(Map<String, String> environment)
      throws MissingProgramException {
    Child.find(environment, "prometheus");
    Child.find(environment, "prometheus-alertmanager", "alertmanager");
  }

  /// Where Prometheus shows its alerts.
  public URI alerts() {
    return URI.create("http://localhost:" + prometheusPort + "/alerts");
  }

  /// Where Alertmanager shows what it notifies of.
  public URI alertmanager() {
    return URI.create("http://localhost:" + alertmanagerPort + "/");
  }

  private void startAlertmanager(
      Path program, Instant origin, Consumer<Told> told, Consumer<String> died)
      throws IOException, InterruptedException {
    var receiver = new Receiver(told);
    started.push(receiver);
    String routes = ShortenedTimes.of(shipped("alertmanager.yml"), origin);
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        routes.replace(PAGER_AND_MAIL, LOCAL + receiver.port() + "/"));
    start(
        "alertmanager",
        program,
        List.of(
            "--config.file=alertmanager.yml",
            "--storage.path=alertmanager",
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + alertmanagerPort),
        alertmanagerPort,
        died);
  }

  private void startPrometheus(Path program, URI metrics, Instant origin, Consumer<String> died)
      throws IOException, InterruptedException {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    for (String name : RULES) {
      String file = "zfs-" + name + ".rules.yml";
      Files.writeString(rules.resolve(file), ShortenedTimes.of(shipped("rules/" + file), origin));
    }
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [rules/*.yml]
        alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
        scrape_configs:
          - job_name: proxmox-zfs
            metrics_path: "%s"
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(alertmanagerPort, metrics.getPath(), metrics.getAuthority()));
    start(
        "prometheus",
        program,
        List.of(
            "--config.file=prometheus.yml",
            "--storage.tsdb.path=prometheus",
            // Each second, as each minute by default.
            "--rules.alert.resend-delay=1s",
            "--web.listen-address=127.0.0.1:" + prometheusPort),
        prometheusPort,
        died);
  }

  private void start(
      String name, Path program, List<String> arguments, int port, Consumer<String> died)
      throws IOException, InterruptedException {
    Child child = Child.start(name, program, arguments, folder, died);
    started.push(child);
    child.awaitPort(port);
  }

  private static String shipped(String file) throws IOException {
    try (InputStream in = Watchers.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("resource " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("neither of them throws any", e);
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
