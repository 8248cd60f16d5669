package io.github.proxmoxzfs.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.proxmoxzfs.config.WebConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;

/// Finds the handler of a request by its exact path and sends the handler's answer.
///
/// The JDK's server matches contexts by prefix (`/metricsfoo` would be `/metrics`), so there is one
/// context, and this. A fault of ours is answered without a word of what it was.
final class Router implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(Router.class.getName());

  private static final int MOST_BYTES_TO_DROP = 1024;

  private final LargeAnswers large = new LargeAnswers();
  private final BasicAuthentication authentication = new BasicAuthentication();
  private final Map<String, Route> routes;
  private final Configured.Source source;
  private final Exchanges exchanges;
  private final Protection protection;

  Router(
      Map<String, Route> routes,
      Configured.Source source,
      Exchanges exchanges,
      Protection protection) {
    this.routes = Map.copyOf(routes);
    this.source = source;
    this.exchanges = exchanges;
    this.protection = protection;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      drop(exchange.getRequestBody());
      exchanges.read();
      Ready ready = makeReady(exchange);
      exchanges.writing();
      ready.send(exchange);
    }
  }

  private Ready makeReady(HttpExchange exchange) throws IOException {
    boolean withBody = !isHead(exchange);
    try {
      Response response = protectedAnswer(exchange);
      return switch (response.body()) {
        case Response.Body.Text _ -> Ready.of(response, withBody);
        case Response.Body.Large _ -> large.make(() -> Ready.of(response, withBody));
      };
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "A request could not be answered.", failure);
      return Ready.of(Response.plain(500, "Internal error; the log says more."), withBody);
    }
  }

  /// The answer to whoever may have one, with the headers that are configured.
  private Response protectedAnswer(HttpExchange exchange) throws IOException {
    WebConfiguration configuration = protection.current().configuration();
    Optional<Response> refusal;
    try {
      refusal =
          authentication.refusal(
              configuration.users(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    } catch (TooManyRequestsException refused) {
      refusal = Optional.of(Response.plain(503, String.valueOf(refused.getMessage())));
    } catch (InterruptedException ended) {
      throw new IOException("the request was ended", ended);
    }
    return refusal.orElseGet(() -> answer(exchange)).withHeaders(configuration.headers());
  }

  private Response answer(HttpExchange exchange) {
    Route route = routes.get(exchange.getRequestURI().getRawPath());
    if (route == null) {
      return Response.plain(404, "Not found.");
    }
    if (!route.methods().contains(exchange.getRequestMethod())) {
      return route.refusal();
    }
    try (Configured configured = source.borrow()) {
      Headers headers = exchange.getRequestHeaders();
      return route
          .handler()
          .handle(
              new Request(
                  isHead(exchange),
                  Request.parameters(exchange.getRequestURI().getRawQuery()),
                  name -> Optional.ofNullable(headers.getFirst(name)),
                  configured));
    } catch (BadRequestException refused) {
      return Response.plain(400, String.valueOf(refused.getMessage()));
    } catch (TooManyRequestsException refused) {
      return Response.plain(503, String.valueOf(refused.getMessage()));
    }
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  /// Reads away a small body, so that the connection can be used again; a large one is left, and
  /// the server closes the connection.
  private static void drop(InputStream body) throws IOException {
    body.readNBytes(MOST_BYTES_TO_DROP);
  }
}
