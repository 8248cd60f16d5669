package io.github.proxmoxzfs.pve;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// HTTP clients that speak HTTP/1.1 over TLS, as Proxmox does. They follow no redirect: the
/// credential goes to the configured endpoints only.
final class TlsClients {
  static {
    // Proxmox closes idle connections after 5.00 s; a request sent at that moment would be lost. In
    // seconds; Java reads it once, when the first HTTP client of the process is made: no other
    // class may make one.
    if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
      System.setProperty("jdk.httpclient.keepalive.timeout", "4");
    }
    // The HTTP client would send a GET again whenever its connection ends without an answer,
    // however long that took, and a zfs request that hangs would hang twice. What found its kept
    // connection closed is sent again by Endpoints.
    if (System.getProperty("jdk.httpclient.redirects.retrylimit") == null) {
      System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    }
    // It would also hide why a connection was refused.
    if (System.getProperty("jdk.httpclient.disableRetryConnect") == null) {
      System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    }
  }

  /// Where all clients do their work. Each one's own default executor would keep some threads for a
  /// minute, which with a hundred clusters are hundreds.
  ///
  /// Platform threads, as many as are wanted: names are looked up on them, and a name server may be
  /// silent for long.
  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("http-client-", 0).factory());

  private TlsClients() {}

  static HttpClients of(Connection connection) {
    return over(TlsContexts.of(connection), connection.endpoints());
  }

  /// @param endpoints the servers that will be asked
  static HttpClients over(SSLContext tls, List<URI> endpoints) {
    Executor executor = executor(endpoints);
    return connectTimeout ->
        HttpClient.newBuilder()
            .executor(executor)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .sslContext(tls)
            .build();
  }

  /// To send a request, the HTTP client hands it over to its executor, since to begin it may block:
  /// a name is looked up. Where all endpoints are addresses nothing blocks, and the virtual thread
  /// that asks begins it itself, which spares the processor (docs/performance.md).
  private static Executor executor(List<URI> endpoints) {
    return endpoints.stream().allMatch(TlsClients::isAddress)
        ? task -> {
          if (Thread.currentThread().isVirtual()) {
            task.run();
          } else {
            THREADS.execute(task);
          }
        }
        : THREADS;
  }

  private static boolean isAddress(URI endpoint) {
    try {
      var _ = InetAddress.ofLiteral(endpoint.getHost());
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
