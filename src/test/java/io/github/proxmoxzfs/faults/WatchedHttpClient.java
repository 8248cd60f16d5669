package io.github.proxmoxzfs.faults;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A real HTTP client that tells before each request and after each answer.
final class WatchedHttpClient extends HttpClient {
  /// Who is told.
  interface Watch {
    /// A request is about to be sent, by the thread that asks; it waits as long as this does.
    ///
    /// @param path what stands after `/api2/json`
    void sending(String path);

    /// The exchange has ended, well or not.
    void ended(String path);
  }

  private final HttpClient real;
  private final Watch watch;

  WatchedHttpClient(HttpClient real, Watch watch) {
    this.real = real;
    this.watch = watch;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    String path = request.uri().getPath().substring("/api2/json".length());
    watch.sending(path);
    CompletableFuture<HttpResponse<T>> response = real.sendAsync(request, handler);
    var _ = response.whenComplete((_, _) -> watch.ended(path));
    return response;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return real.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return real.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return real.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return real.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return real.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return real.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return real.authenticator();
  }

  @Override
  public Version version() {
    return real.version();
  }

  @Override
  public Optional<Executor> executor() {
    return real.executor();
  }

  @Override
  public void shutdown() {
    real.shutdown();
  }

  @Override
  public void shutdownNow() {
    real.shutdownNow();
  }

  @Override
  public boolean awaitTermination(Duration duration) throws InterruptedException {
    return real.awaitTermination(duration);
  }

  @Override
  public boolean isTerminated() {
    return real.isTerminated();
  }

  @Override
  public void close() {
    real.close();
  }
}
