package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
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
  /// @param targets the clusters, which stay as they are
  /// @throws IOException if an address cannot be listened on; then none is
  public static MetricsServer start(ServerSettings settings, List<Target> targets)
      throws IOException {
    return start(settings, Configured.Source.of(targets, settings.configuredAt()));
  }

  /// Starts to listen.
  ///
  /// @param source has the clusters
  /// @throws IOException if an address cannot be listened on; then none is
  public static MetricsServer start(ServerSettings settings, Configured.Source source)
      throws IOException {
    List<HttpServer> servers = bind(settings.addresses(), settings.protection());
    var exchanges = new Exchanges(settings.limits());
    var router =
        new Router(routes(settings, source, exchanges), source, exchanges, settings.protection());
    var server = new MetricsServer(servers, exchanges);
    for (HttpServer listening : servers) {
      listening.createContext("/", router);
      listening.setExecutor(exchanges);
      listening.start();
    }
    return server;
  }

  private static Map<String, Route> routes(
      ServerSettings settings, Configured.Source source, Exchanges exchanges) {
    Paths paths = settings.paths();
    Protection protection = settings.protection();
    var process = new ProcessMetrics(settings.version());
    var collections = new LastCollections();
    var pages = new StatusPages(settings, exchanges, collections);
    var metrics =
        new MetricsHandlers(settings.telemetryPath(), process, exchanges, protection, collections);
    var discovery = new Discovery(paths, protection.speaksTls(), exchanges);
    var lifecycle = new Lifecycle(settings.lifecycle(), source);
    var routes = new HashMap<String, Route>();
    if (!paths.routePrefix().isEmpty()) {
      Route toThePage = Route.reading(_ -> Response.redirect(paths.external("/")));
      routes.put("/", toThePage);
      routes.put(paths.routePrefix(), toThePage);
    }
    routes.put(paths.routed("/"), Route.reading(pages::page));
    routes.put(paths.routed("/-/healthy"), Route.reading(_ -> Response.plain(200, "Healthy.")));
    routes.put(paths.routed("/-/ready"), Route.reading(_ -> Response.plain(200, "Ready.")));
    routes.put(paths.routed("/-/reload"), Route.doing(lifecycle::reload));
    routes.put(paths.routed("/-/forget"), Route.doing(lifecycle::forget));
    routes.put(paths.routed("/probe"), Route.reading(metrics::probe));
    routes.put(paths.routed("/sd"), Route.reading(discovery::targets));
    routes.put(paths.routed(settings.telemetryPath()), Route.reading(metrics::metrics));
    return routes;
  }

  private static List<HttpServer> bind(List<InetSocketAddress> addresses, Protection protection)
      throws IOException {
    var bound = new ArrayList<HttpServer>();
    for (InetSocketAddress address : addresses) {
      try {
        bound.add(create(address, protection));
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

  private static HttpServer create(InetSocketAddress address, Protection protection)
      throws IOException {
    if (!protection.speaksTls()) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(FreshTls.of(() -> protection.current().tls().orElseThrow()));
    return server;
  }

  /// The addresses that are listened on, with their real ports.
  public List<InetSocketAddress> addresses() {
    return servers.stream().map(HttpServer::getAddress).toList();
  }

  /// Whether TLS is spoken on them.
  public boolean speaksTls() {
    return servers.stream().anyMatch(HttpsServer.class::isInstance);
  }

  /// Stops to listen and ends the requests under way.
  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    exchanges.close();
  }
}
