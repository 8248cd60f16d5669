package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The exporter's HTTP server, on one or several addresses.
public final class MetricsServer implements AutoCloseable {
  static {
    JdkServerProperties.set();
  }

  private static final int BACKLOG = 128;

  private final List<HttpServer> servers;
  private final Exchanges exchanges;

  private MetricsServer(List<HttpServer> servers, Exchanges exchanges) {
    this.servers = List.copyOf(servers);
    this.exchanges = exchanges;
  }

  /// Starts to listen.
  ///
  /// @param targets the clusters
  /// @throws IOException if an address cannot be listened on; then none is
  public static MetricsServer start(ServerSettings settings, List<Target> targets)
      throws IOException {
    List<HttpServer> servers = bind(settings.addresses());
    var exchanges = new Exchanges(settings.limits());
    var router = new Router(handlers(settings, targets, exchanges), exchanges);
    var server = new MetricsServer(servers, exchanges);
    for (HttpServer listening : servers) {
      listening.createContext("/", router);
      listening.setExecutor(exchanges);
      listening.start();
    }
    return server;
  }

  private static Map<String, Handler> handlers(
      ServerSettings settings, List<Target> targets, Exchanges exchanges) {
    var process = new ProcessMetrics(settings.version(), settings.configuredAt());
    var pages = new StatusPages(settings, targets, exchanges);
    var watched = targets.stream().map(pages::watched).toList();
    var metrics = new MetricsHandlers(watched, settings.telemetryPath(), process, exchanges);
    var handlers = new HashMap<String, Handler>();
    handlers.put("/", pages::page);
    handlers.put("/-/healthy", _ -> Response.plain(200, "Healthy."));
    handlers.put("/-/ready", _ -> Response.plain(200, "Ready."));
    handlers.put("/probe", metrics::probe);
    handlers.put(settings.telemetryPath(), metrics::metrics);
    return handlers;
  }

  private static List<HttpServer> bind(List<InetSocketAddress> addresses) throws IOException {
    var bound = new ArrayList<HttpServer>();
    for (InetSocketAddress address : addresses) {
      try {
        bound.add(HttpServer.create(address, BACKLOG));
      } catch (IOException failure) {
        bound.forEach(server -> server.stop(0));
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

  /// Stops to listen and ends the requests under way.
  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    exchanges.close();
  }
}
