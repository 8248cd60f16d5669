package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger collections = new AtomicInteger();
  private final AtomicReference<Deadline> lastDeadline =
      new AtomicReference<>(Deadline.after(Duration.ZERO));
  private MetricsServer server;

  @BeforeEach
  void startWithOneCluster() throws IOException {
    server = start("/metrics", List.of(target("home")));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private Target target(String name) {
    return new Target(
        name,
        Duration.ofMinutes(1),
        NodeFilter.ALL,
        Set.of(Collector.COMPAT, Collector.POOL),
        (_, _, deadline) -> {
          collections.incrementAndGet();
          lastDeadline.set(deadline);
          return new ClusterSnapshot(
              Instant.EPOCH, new Reading.Ok<>(List.of(), Instant.EPOCH), Duration.ZERO);
        },
        () -> ApiActivity.NONE);
  }

  private static MetricsServer start(String telemetryPath, List<Target> targets)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return MetricsServer.start(
        new ServerSettings(List.of(address), telemetryPath, "1.2.3", Instant.EPOCH, Limits.DEFAULT),
        targets);
  }

  private URI uri(String pathAndQuery) {
    InetSocketAddress address = server.addresses().getFirst();
    return URI.create("http://localhost:" + address.getPort() + pathAndQuery);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private HttpResponse<String> get(String pathAndQuery, String... headers) {
    var request = HttpRequest.newBuilder(uri(pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /,                   200
          /metrics,            200
          /probe?target=home,  200
          /-/healthy,          200
          /-/ready,            200
          /metricsfoo,         404
          /metrics/,           404
          /%6detrics,          404
          /metrics/x,          404
          /-/,                 404
          /-/readyx,           404
          /favicon.ico,        404
          //metrics,           404
          /probe,              400
          /probe?target=,      400
          /probe?target=other, 400
          /probe?target=home&target=home, 400
          /metrics?x=%25,      400
          /?x=%25,             200
          /-/healthy?x=1,      200
          """)
  void onlyExactPathsAreAnswered(String path, int status) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).isPresent();
    assertThat(response.body()).isNotEmpty().doesNotContain("Exception").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO"})
  void onlyGetAndHeadAreAllowed(String method) {
    var response =
        send(
            HttpRequest.newBuilder(uri("/metrics"))
                .method(method, HttpRequest.BodyPublishers.ofString("body"))
                .build());
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(collections).hasValue(0);
  }

  @Test
  void headIsAnsweredWithoutAskingTheCluster() {
    var response = send(HttpRequest.newBuilder(uri("/metrics")).HEAD().build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(collections).hasValue(0);
  }

  @Test
  void theMetricsOfTheOnlyClusterStandBesideTheProcesss() {
    assertThat(get("/metrics").body())
        .contains("proxmox_zfs_exporter_cluster_up 1.0\n")
        .contains("proxmox_zfs_exporter_build_info{")
        .contains("version=\"1.2.3\"")
        .contains("process_start_time_seconds ");
    assertThat(get("/probe?target=home").body())
        .contains("proxmox_zfs_exporter_cluster_up 1.0\n")
        .doesNotContain("process_");
  }

  @Test
  void withSeveralClustersMetricsAreTheProcesssOnly() throws IOException {
    try (var several = start("/metrics", List.of(target("a"), target("b")))) {
      server.close();
      server = several;
      assertThat(get("/metrics").body()).contains("process_").doesNotContain("cluster_up");
      assertThat(collections).hasValue(0);
      assertThat(get("/probe?target=b").body()).contains("cluster_up 1.0");
      assertThat(get("/probe?target=c").body()).contains("a, b");
    }
  }

  @Test
  void openMetricsIsTalkedWhereItIsAskedFor() {
    HttpResponse<String> response = get("/metrics", "Accept", "application/openmetrics-text");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).endsWith("# EOF\n");
  }

  @Test
  void answersAreCompressedOnDemand() throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri("/metrics")).header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .contains("proxmox_zfs_exporter_cluster_up 1.0\n");
    }
    assertThat(get("/metrics", "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void theScrapesTimeoutBecomesTheDeadline() {
    long before = System.nanoTime();
    get("/metrics", ScrapeTimeout.HEADER, "5");
    long after = System.nanoTime();
    assertThat(lastDeadline.get().atNanos())
        .isBetween(
            before + Duration.ofMillis(4500).toNanos(), after + Duration.ofMillis(4500).toNanos());
    assertThat(get("/metrics", ScrapeTimeout.HEADER, "soon").statusCode()).isEqualTo(400);
  }

  @Test
  void theTelemetryPathCanBeMoved() throws IOException {
    try (var moved = start("/zfs", List.of(target("home")))) {
      server.close();
      server = moved;
      assertThat(get("/zfs").statusCode()).isEqualTo(200);
      assertThat(get("/metrics").statusCode()).isEqualTo(404);
      assertThat(get("/").body()).contains("href=\"./zfs\"");
    }
  }

  @Test
  void aFaultOfOursIsAnsweredWithoutAWordOfIt() throws IOException {
    var broken =
        new Target(
            "broken",
            Duration.ofMinutes(1),
            NodeFilter.ALL,
            Set.of(),
            (_, _, _) -> {
              throw new IllegalStateException("secret");
            },
            () -> ApiActivity.NONE);
    try (var breaking = start("/metrics", List.of(broken))) {
      server.close();
      server = breaking;
      HttpResponse<String> response = get("/metrics");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("Internal error; the log says more.\n");
    }
  }
}
