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
  private final ClusterProcess cluster;
  private final ClusterScraper scraper;
  private final MetricsServer server;

  private Exporter(ClusterProcess cluster, ClusterScraper scraper, MetricsServer server) {
    this.cluster = cluster;
    this.scraper = scraper;
    this.server = server;
  }

  static Exporter start(ClusterProcess cluster, LowerBound.Limits limits, Credential credential)
      throws IOException {
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
    return new Exporter(cluster, scraper, MetricsServer.start(settings, List.of(target)));
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
    return cluster.scrape(server.addresses().getFirst().getPort());
  }

  @Override
  public void close() {
    server.close();
    scraper.close();
  }
}
