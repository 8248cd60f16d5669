package io.github.proxmoxzfs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.app.StartedExporter;
import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Format;
import io.github.proxmoxzfs.config.Mistake;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.web.Limits;
import io.github.proxmoxzfs.web.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One configuration takes the place of another while scrapes are under way.
///
/// The long one: `mvn test -Dtest=ReloadTest -Dreload.count=1000`.
class ReloadTest {
  private static final int RELOADS = Integer.getInteger("reload.count", 40);
  private static final int SCRAPERS = 4;

  /// How much more may be reachable after many reloads than after a few, by chance.
  private static final long HEAP_TOLERANCE = 6 << 20;

  @TempDir private Path state;

  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests());

  @AfterEach
  void stop() {
    simulator.close();
  }

  private ClusterConfiguration byToken(String name) {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    return cluster(name, new Credential.Token(token[0], new Secret(token[1])));
  }

  private ClusterConfiguration byPassword(String name) {
    return cluster(
        name,
        new Credential.Password(
            Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD)));
  }

  private ClusterConfiguration cluster(String name, Credential credential) {
    return ClusterConfiguration.of(
        name,
        List.of(simulator.endpoint()),
        credential,
        new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())));
  }

  private static Configuration configuration(ClusterConfiguration... clusters) {
    return new Configuration(List.of(clusters), Format.YAML, Optional.empty(), List.of());
  }

  private static ConfigurationResult valid(ClusterConfiguration... clusters) {
    return new ConfigurationResult.Valid(configuration(clusters));
  }

  private StartedExporter start(ClusterConfiguration... clusters) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var settings =
        new ServerSettings(
                List.of(address), "/metrics", "1", InstantSource.system().instant(), Limits.DEFAULT)
            .withLifecycle(true);
    return new StartedExporter(configuration(clusters), state, settings, InstantSource.system());
  }

  private static String get(StartedExporter exporter, String path) throws IOException {
    Client.Response response = Client.get(exporter.port(), path, 20);
    assertThat(response.status()).isEqualTo(200);
    return response.body();
  }

  private static String line(String metrics, String start) {
    return metrics
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains(start))
        .findFirst()
        .orElse("");
  }

  @Test
  void clustersComeGoAndChange() throws IOException {
    try (var exporter = start(byToken("a"), byToken("b"))) {
      assertThat(get(exporter, "/probe?target=a")).contains("exporter_cluster_up 1.0");
      String logins = "proxmox_zfs_exporter_logins_total{result=\"success\",target=\"b\"}";
      assertThat(exporter.reload(valid(byPassword("b"), byToken("c")))).isEmpty();
      assertThat(Client.get(exporter.port(), "/probe?target=a", 20).status()).isEqualTo(400);
      assertThat(get(exporter, "/probe?target=b")).contains("exporter_cluster_up 1.0");
      assertThat(get(exporter, "/probe?target=c")).contains("exporter_cluster_up 1.0");
      assertThat(line(get(exporter, "/metrics"), logins)).endsWith(" 1.0");

      // What is as before goes on as it is: its ticket too.
      assertThat(exporter.reload(valid(byPassword("b")))).isEmpty();
      assertThat(get(exporter, "/probe?target=b")).contains("exporter_cluster_up 1.0");
      assertThat(line(get(exporter, "/metrics"), logins)).endsWith(" 1.0");
    }
  }

  @Test
  void aChangedClusterRemembersWhatItDid() throws IOException {
    try (var exporter = start(byToken("a"))) {
      String metrics = get(exporter, "/probe?target=a");
      String pool = line(metrics, "zfs_pool_present{");
      String forget =
          "/-/forget?target=a&node=%s&pool=%s"
              .formatted(
                  pool.replaceAll(".*node=\"([^\"]*)\".*", "$1"),
                  pool.replaceAll(".*pool=\"([^\"]*)\".*", "$1"));
      assertThat(exporter.reload(valid(byPassword("a")))).isEmpty();
      assertThat(Client.post(exporter.port(), forget)).isEqualTo(200);
      assertThat(Client.post(exporter.port(), forget)).isEqualTo(404);
    }
  }

  @Test
  void aBadConfigurationLeavesTheOldInForce() throws IOException {
    try (var exporter = start(byToken("a"))) {
      String successful = "exporter_config_last_reload_successful ";
      String since = "exporter_config_last_reload_success_timestamp_seconds ";
      String before = get(exporter, "/metrics");
      assertThat(line(before, successful)).endsWith(" 1.0");
      var mistakes = List.of(new Mistake("f", 1, "a"), new Mistake("f", 2, "b"));
      assertThat(exporter.reload(new ConfigurationResult.Invalid(mistakes)))
          .containsExactly("f:1: a", "f:2: b");
      String bad = get(exporter, "/metrics");
      assertThat(bad).contains("exporter_cluster_up 1.0");
      assertThat(line(bad, successful)).endsWith(" 0.0");
      assertThat(line(bad, since)).isEqualTo(line(before, since));
      assertThat(exporter.reload(valid(byToken("a")))).isEmpty();
      String good = get(exporter, "/metrics");
      assertThat(line(good, successful)).endsWith(" 1.0");
      assertThat(line(good, since)).isNotEqualTo(line(before, since));
    }
  }

  @Test
  void noScrapeFailsAndNothingIsLeftOver() throws Exception {
    Map<String, Long> threadsBefore = Possessions.threadsByName();
    var wrong = new ConcurrentLinkedQueue<String>();
    var scrapes = new AtomicInteger();
    try (var exporter = start(byToken("a"), byToken("b"))) {
      var stopping = new AtomicBoolean();
      var scrapers = new ArrayList<Thread>();
      for (int i = 0; i < SCRAPERS; i++) {
        String path = "/probe?target=" + (i % 2 == 0 ? "a" : "b");
        scrapers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!stopping.get()) {
                        scrape(exporter, path, wrong);
                        scrapes.incrementAndGet();
                      }
                    }));
      }
      long heap = 0;
      for (int i = 0; i < RELOADS; i++) {
        int before = scrapes.get();
        // a changes each time, b never.
        assertThat(
                exporter.reload(valid(i % 2 == 0 ? byPassword("a") : byToken("a"), byToken("b"))))
            .isEmpty();
        while (scrapes.get() < before + 2 && wrong.isEmpty()) {
          LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        assertThat(wrong).isEmpty();
        if (i == RELOADS / 4) {
          heap = reachable();
        }
      }
      stopping.set(true);
      for (Thread scraper : scrapers) {
        scraper.join();
      }
      assertThat(reachable()).isLessThan(heap + HEAP_TOLERANCE);
      System.out.println(RELOADS + " reloads beside " + scrapes + " scrapes");
    }
    assertThat(left(threadsBefore)).isEmpty();
  }

  private static void scrape(
      StartedExporter exporter, String path, ConcurrentLinkedQueue<String> wrong) {
    try {
      Client.Response response = Client.get(exporter.port(), path, 20);
      if (response.status() != 200
          || !response.body().contains("exporter_cluster_up 1.0")
          || response.body().contains("exporter_failure{")
          || !response.body().contains("zfs_vdev_health{")) {
        wrong.add(path + " " + response.status() + "\n" + response.body());
      }
    } catch (IOException failure) {
      wrong.add(path + " " + failure);
    }
  }

  private static long reachable() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /// Threads that outlive the service.
  private static List<String> left(Map<String, Long> before) {
    List<String> left = List.of();
    for (int i = 0; i < 50; i++) {
      left =
          Possessions.threadsByName().entrySet().stream()
              .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .toList();
      if (left.isEmpty()) {
        return left;
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    return left;
  }
}
