package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.web.MetricsServer;
import io.github.proxmoxzfs.web.ServerSettings;
import io.github.proxmoxzfs.web.Target;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The running service: a scraper for each cluster and the server that shows what they see.
final class Exporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Exporter.class.getName());

  private static final Duration MOST_FOR_THE_FIRST = Duration.ofMillis(9500);

  private final List<ClusterScraper> scrapers;
  private final MetricsServer server;
  private final Thread smallHeap = SmallHeap.watch();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Exporter(List<ClusterScraper> scrapers, MetricsServer server) {
    this.scrapers = scrapers;
    this.server = server;
  }

  /// Starts to serve, and remembers only for as long as it does.
  ///
  /// @throws IOException if an address cannot be listened on
  static Exporter start(Configuration configuration, ServerSettings settings) throws IOException {
    return start(configuration, Optional.empty(), settings);
  }

  /// Starts to serve.
  ///
  /// @param stateDirectory where what is to be remembered is kept across restarts, if anywhere
  /// @throws IOException if an address cannot be listened on
  static Exporter start(
      Configuration configuration, Optional<Path> stateDirectory, ServerSettings settings)
      throws IOException {
    return start(configuration, stateDirectory, settings, InstantSource.system());
  }

  /// Starts to serve.
  ///
  /// @param clock our clock
  /// @throws IOException if an address cannot be listened on
  static Exporter start(
      Configuration configuration,
      Optional<Path> stateDirectory,
      ServerSettings settings,
      InstantSource clock)
      throws IOException {
    var scrapers = new ArrayList<ClusterScraper>();
    var targets = new ArrayList<Target>();
    for (ClusterConfiguration cluster : configuration.clusters()) {
      var scraper =
          ClusterScraper.of(
              cluster,
              fingerprint -> configuration.acceptLine(cluster, fingerprint),
              stateDirectory,
              clock);
      scrapers.add(scraper);
      targets.add(
          new Target(
              cluster.name(),
              cluster.timeout(),
              cluster.nodes(),
              cluster.collectors(),
              scraper::collect,
              scraper::activity));
    }
    try {
      var server = MetricsServer.start(settings, targets);
      var exporter = new Exporter(scrapers, server);
      exporter.announce();
      exporter.collectOnce(configuration);
      return exporter;
    } catch (IOException failure) {
      scrapers.forEach(ClusterScraper::close);
      throw failure;
    }
  }

  private void announce() {
    for (InetSocketAddress address : server.addresses()) {
      LOG.log(Level.INFO, "Listening.", "address", address, "version", Version.current());
    }
  }

  /// Asks each cluster once and shows it to nobody: the first collection is slow, since nothing is
  /// compiled yet, and whatever is wrong is better said in the log now than at the first scrape.
  private void collectOnce(Configuration configuration) {
    for (int i = 0; i < scrapers.size(); i++) {
      ClusterScraper scraper = scrapers.get(i);
      ClusterConfiguration cluster = configuration.clusters().get(i);
      Thread.ofVirtual()
          .name("first-collection-" + cluster.name())
          .start(() -> scraper.collect(Deadline.after(firstTimeout(cluster))));
    }
  }

  /// No longer than a scrape's: the requests of a collection hold slots that scrapes need.
  private static Duration firstTimeout(ClusterConfiguration cluster) {
    return cluster.timeout().compareTo(MOST_FOR_THE_FIRST) < 0
        ? cluster.timeout()
        : MOST_FOR_THE_FIRST;
  }

  /// The addresses that are listened on.
  List<InetSocketAddress> addresses() {
    return server.addresses();
  }

  /// Whether TLS is spoken on them.
  boolean speaksTls() {
    return server.speaksTls();
  }

  /// Waits until the process is told to end (Ctrl-C, SIGTERM), then stops serving.
  void serveUntilStopped() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
    stopped.await();
  }

  @Override
  public void close() {
    server.close();
    scrapers.forEach(ClusterScraper::close);
    smallHeap.interrupt();
    stopped.countDown();
  }
}
