package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.ConfigurationResult;
import io.github.proxmoxzfs.web.MetricsServer;
import io.github.proxmoxzfs.web.ServerSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// The running service: a scraper for each cluster and the server that shows what they see.
final class Exporter implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Exporter.class.getName());

  private final ConfiguredClusters clusters;
  private final MetricsServer server;
  private final Thread smallHeap = SmallHeap.watch();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Exporter(ConfiguredClusters clusters, MetricsServer server) {
    this.clusters = clusters;
    this.server = server;
  }

  /// Starts to serve a configuration that stays as it is, and remembers only for as long as it
  /// does.
  ///
  /// @throws IOException if an address cannot be listened on
  static Exporter start(Configuration configuration, ServerSettings settings) throws IOException {
    return start(
        configuration,
        () -> new ConfigurationResult.Valid(configuration),
        Optional.empty(),
        settings,
        InstantSource.system());
  }

  /// Starts to serve.
  ///
  /// @param reader reads the configuration again
  /// @param stateDirectory where what is to be remembered is kept across restarts, if anywhere
  /// @param clock our clock
  /// @throws IOException if an address cannot be listened on
  static Exporter start(
      Configuration configuration,
      Supplier<ConfigurationResult> reader,
      Optional<Path> stateDirectory,
      ServerSettings settings,
      InstantSource clock)
      throws IOException {
    var clusters =
        new ConfiguredClusters(
            configuration, reader, stateDirectory, clock, settings.configuredAt());
    try {
      var exporter = new Exporter(clusters, MetricsServer.start(settings, clusters));
      exporter.announce();
      clusters.collectOnce();
      return exporter;
    } catch (IOException failure) {
      clusters.close();
      throw failure;
    }
  }

  private void announce() {
    for (InetSocketAddress address : server.addresses()) {
      LOG.log(
          Level.INFO,
          "Listening.",
          "address",
          address,
          "tls",
          speaksTls(),
          "version",
          Version.current());
    }
  }

  /// Reads the configuration again.
  ///
  /// @return all that is wrong with it; then the one before stays in force
  List<String> reload() {
    return clusters.reload();
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
    HangUp.handle(this::reload);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::close));
    stopped.await();
  }

  @Override
  public void close() {
    server.close();
    clusters.close();
    smallHeap.interrupt();
    stopped.countDown();
  }
}
