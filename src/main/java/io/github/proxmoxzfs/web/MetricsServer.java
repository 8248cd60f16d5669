package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The exporter's HTTP server, on one or several addresses.
public final class MetricsServer implements AutoCloseable {
  static {
    // Read once, when the JDK's server class loads. Without the first, answers on a kept connection
    // come 40 ms late (Nagle and delayed acknowledgement). The limits, in seconds, are none by
    // default; that of the answer leaves room for the longest collection there may be, 10 minutes.
    defaultProperty("sun.net.httpserver.nodelay", "true");
    defaultProperty("sun.net.httpserver.maxReqTime", "30");
    defaultProperty("sun.net.httpserver.maxRspTime", "660");
  }

  private static final int BACKLOG = 128;

  private final List<HttpServer> servers;
  private final ExecutorService threads;

  private MetricsServer(List<HttpServer> servers, ExecutorService threads) {
    this.servers = List.copyOf(servers);
    this.threads = threads;
  }

  /// Starts to listen.
  ///
  /// @param addresses where; port 0 takes a free one
  /// @param telemetryPath the path of the metrics, such as `/metrics`
  /// @param version the program's version, for the page at `/` and the build metric
  /// @param targets the clusters
  /// @throws IOException if an address cannot be listened on; then none is
  public static MetricsServer start(
      List<InetSocketAddress> addresses, String telemetryPath, String version, List<Target> targets)
      throws IOException {
    var router = new Router(handlers(telemetryPath, version, targets));
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    var server = new MetricsServer(bind(addresses, threads), threads);
    for (HttpServer listening : server.servers) {
      listening.createContext("/", router);
      listening.setExecutor(threads);
      listening.start();
    }
    return server;
  }

  private static Map<String, Handler> handlers(
      String telemetryPath, String version, List<Target> targets) {
    var metrics = new MetricsHandlers(targets, new ProcessMetrics(version));
    var handlers = new HashMap<String, Handler>();
    handlers.put("/", _ -> LandingPage.of(version, telemetryPath, targets));
    handlers.put("/-/healthy", _ -> Response.plain(200, "Healthy."));
    handlers.put("/-/ready", _ -> Response.plain(200, "Ready."));
    handlers.put("/probe", metrics::probe);
    handlers.put(telemetryPath, metrics::metrics);
    return handlers;
  }

  private static List<HttpServer> bind(List<InetSocketAddress> addresses, ExecutorService threads)
      throws IOException {
    var bound = new ArrayList<HttpServer>();
    for (InetSocketAddress address : addresses) {
      try {
        bound.add(HttpServer.create(address, BACKLOG));
      } catch (IOException failure) {
        bound.forEach(server -> server.stop(0));
        threads.close();
        throw new IOException(
            "Cannot listen on "
                + address.getHostString()
                + ":"
                + address.getPort()
                + ": "
                + failure.getMessage(),
            failure);
      }
    }
    return bound;
  }

  /// The addresses that are listened on, with their real ports.
  public List<InetSocketAddress> addresses() {
    return servers.stream().map(HttpServer::getAddress).toList();
  }

  private static void defaultProperty(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  /// Stops to listen and ends the requests under way.
  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
