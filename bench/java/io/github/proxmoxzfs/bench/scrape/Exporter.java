package io.github.proxmoxzfs.bench.scrape;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.web.MetricsServer;
import io.github.proxmoxzfs.web.ServerSettings;
import io.github.proxmoxzfs.web.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The exporter as it runs, from the request of Prometheus to the answer; nothing is shared between
/// scrapes.
final class Exporter implements Scraped {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ClusterProcess cluster;
  private final ClusterScraper scraper;
  private final MetricsServer server;

  private Exporter(ClusterProcess cluster, ClusterScraper scraper, MetricsServer server) {
    this.cluster = cluster;
    this.scraper = scraper;
    this.server = server;
  }

  static Exporter start(ClusterProcess cluster, LowerBound.Limits limits, Credential credential)
      throws IOException, InterruptedException {
    var configuration =
        ClusterConfiguration.of(
                "bench",
                List.of(cluster.endpoint()),
                credential,
                new Trust.AuthorityFile(Path.of("bench.pem"), Trusted.authorities()))
            .withRequests(new Requests(limits.perNode(), limits.inFlight(), Duration.ZERO));
    var scraper = ClusterScraper.of(configuration, _ -> "", InstantSource.system());
    var target =
        new Target(
            configuration.name(),
            configuration.timeout(),
            configuration.nodes(),
            configuration.collectors(),
            scraper::collect,
            scraper::activity);
    var settings =
        new ServerSettings(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            "/metrics",
            "bench",
            Instant.now(),
            io.github.proxmoxzfs.web.Limits.DEFAULT);
    var exporter = new Exporter(cluster, scraper, MetricsServer.start(settings, List.of(target)));
    exporter.awaitSmart();
    return exporter;
  }

  /// SMART is asked for once an hour, and at first soon after the start, which is not what is
  /// measured.
  private void awaitSmart() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (cluster.disks(port()) < cluster.disks()) {
      if (System.nanoTime() > end) {
        throw new IOException("not all disks told their SMART data");
      }
      Thread.sleep(PAUSE);
    }
  }

  private int port() {
    return server.addresses().getFirst().getPort();
  }

  static Credential token() {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    return new Credential.Token(token[0], new Secret(token[1]));
  }

  static Credential password() {
    return new Credential.Password(
        Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD));
  }

  @Override
  public long scrape() throws IOException {
    return cluster.scrape(port());
  }

  @Override
  public void close() {
    server.close();
    scraper.close();
  }
}
