package io.github.proxmoxzfs.bench.scrape;

import io.github.proxmoxzfs.pve.Connection;
import io.github.proxmoxzfs.pve.Credential;
import io.github.proxmoxzfs.pve.PlainClient;
import io.github.proxmoxzfs.pve.Secret;
import io.github.proxmoxzfs.pve.Trust;
import io.github.proxmoxzfs.sim.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/// Asks what a scrape asks, in the same order, with the same HTTP client and as much at once, and
/// throws the answers away. It knows the names that it asks for beforehand.
final class BareLoop implements Scraped {
  private static final String STORAGES = "/cluster/resources?type=storage";

  private final Size size;
  private final LowerBound.Limits limits;
  private final URI endpoint;
  private final HttpClient client;
  private final Semaphore inFlight;

  BareLoop(ClusterProcess cluster, Size size, LowerBound.Limits limits) {
    this.size = size;
    this.limits = limits;
    this.endpoint = cluster.endpoint();
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    this.client =
        PlainClient.of(
            new Connection(
                "bench",
                List.of(endpoint),
                new Credential.Token(token[0], new Secret(token[1])),
                new Trust.AuthorityFile(Trusted.authorities()),
                Optional.empty(),
                limits.perNode(),
                limits.inFlight(),
                _ -> ""));
    this.inFlight = new Semaphore(limits.inFlight());
  }

  @Override
  public long scrape() throws InterruptedException {
    long began = System.nanoTime();
    get("/nodes");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> storages = threads.submit(() -> getInTurn(STORAGES, new Semaphore(1)));
      List<Future<?>> nodes =
          IntStream.rangeClosed(1, size.nodes())
              .<Future<?>>mapToObj(number -> threads.submit(() -> node(name("pve", number))))
              .toList();
      awaitAll(nodes);
      awaitAll(List.of(storages));
    }
    return System.nanoTime() - began;
  }

  private void node(String node) {
    String list = "/nodes/" + node + "/disks/zfs";
    var ofNode = new Semaphore(limits.perNode());
    getInTurn(list, ofNode);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> pools =
          IntStream.rangeClosed(1, size.pools())
              .<Future<?>>mapToObj(
                  number ->
                      threads.submit(() -> getInTurn(list + "/" + name("tank", number), ofNode)))
              .toList();
      awaitAll(pools);
    }
  }

  private static String name(String kind, int number) {
    return String.format(Locale.ROOT, "%s%02d", kind, number);
  }

  private void getInTurn(String path, Semaphore ofNode) {
    ofNode.acquireUninterruptibly();
    inFlight.acquireUninterruptibly();
    try {
      get(path);
    } finally {
      inFlight.release();
      ofNode.release();
    }
  }

  private void get(String path) {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/api2/json" + path))
            .header("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN)
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException(path + " was answered with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitAll(List<Future<?>> all) {
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
