package io.github.proxmoxzfs.time;

import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.sim.ReceivedAnswer;
import io.github.proxmoxzfs.sim.Simulator;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/// Hands requests to simulators in this process, past TLS and sockets, so that they may wait in a
/// time that is played. A request that is given up goes on there, as it does at a real cluster.
public final class InMemoryHttpClient extends HttpClient {
  private static final Duration PATIENCE = Duration.ofDays(30);

  private final Map<String, Simulator> simulators = new HashMap<>();
  private final Time time;

  /// A client that knows these simulators by their endpoints.
  public InMemoryHttpClient(Time time, Simulator... known) {
    this.time = time;
    for (Simulator simulator : known) {
      simulators.put(simulator.endpoint().getAuthority(), simulator);
    }
  }

  private record Pending(String authority, CompletableFuture<?> response) {}

  private final List<Pending> pending = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final java.util.Set<String> dead = java.util.concurrent.ConcurrentHashMap.newKeySet();

  /// Another endpoint of the same cluster.
  public void also(String authority, Simulator simulator) {
    simulators.put(authority, simulator);
  }

  /// An endpoint is gone: its connections are reset. What it asked of other nodes goes on there.
  public void lose(String authority) {
    dead.add(authority);
    for (Pending one : pending) {
      if (one.authority().equals(authority)) {
        one.response().completeExceptionally(new IOException("Connection reset"));
      }
    }
  }

  /// Its connections are reset, and it is there again at once, as after a restart of pveproxy.
  public void restart(String authority) {
    lose(authority);
    dead.remove(authority);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    var response = new CompletableFuture<HttpResponse<T>>();
    if (dead.contains(request.uri().getAuthority())) {
      response.completeExceptionally(new java.net.ConnectException());
      return response;
    }
    pending.add(new Pending(request.uri().getAuthority(), response));
    time.start(
        "wire",
        () -> {
          try {
            response.complete(answer(request, handler));
          } catch (IOException failure) {
            response.completeExceptionally(failure);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return response;
  }

  private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Simulator simulator = simulators.get(request.uri().getAuthority());
    if (simulator == null) {
      throw new java.net.ConnectException();
    }
    var headers = new HashMap<String, String>();
    request.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    ReceivedAnswer answer =
        simulator.exchange(
            request.method(), target(request.uri()), headers, body(request), PATIENCE);
    HttpHeaders received = HttpHeaders.of(answer.headers(), (_, _) -> true);
    BodySubscriber<T> body = handler.apply(new Head(answer.status(), received));
    body.onSubscribe(
        new Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    body.onNext(List.of(ByteBuffer.wrap(answer.body())));
    body.onComplete();
    return new Response<>(
        answer.status(), request, received, body.getBody().toCompletableFuture().join());
  }

  private static String target(URI address) {
    String query = address.getRawQuery();
    return query == null ? address.getRawPath() : address.getRawPath() + "?" + query;
  }

  private static String body(HttpRequest request) {
    BodySubscriber<String> collected = BodySubscribers.ofString(StandardCharsets.UTF_8);
    request
        .bodyPublisher()
        .orElse(BodyPublishers.noBody())
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                collected.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer part) {
                collected.onNext(List.of(part));
              }

              @Override
              public void onError(Throwable failure) {
                collected.onError(failure);
              }

              @Override
              public void onComplete() {
                collected.onComplete();
              }
            });
    return collected.getBody().toCompletableFuture().join();
  }

  private record Head(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Response<T>(int statusCode, HttpRequest request, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    return sendAsync(request, handler);
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.empty();
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NEVER;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SSLParameters sslParameters() {
    return new SSLParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }
}
