package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.pve.Connection;
import io.github.proxmoxzfs.pve.OverTls;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Scrapers over real TLS whose requests a test of another package watches.
public final class WatchedScrapers {
  private WatchedScrapers() {}

  /// A scraper without a state directory.
  public static ClusterScraper of(
      ClusterConfiguration cluster, InstantSource clock, UnaryOperator<HttpClient> around) {
    Connection connection = Connections.of(cluster, line -> line);
    return new ClusterScraper(
        cluster,
        new ProxmoxClient(connection, clock, OverTls.of(connection, around)),
        ClusterMemory.of(cluster.name(), cluster.forgetAfter(), Optional.empty(), clock),
        clock);
  }
}
