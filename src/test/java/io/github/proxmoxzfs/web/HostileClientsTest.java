package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever clients do, the server goes on serving those that behave.
@Timeout(60)
class HostileClientsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(5);

  /// More than the buffers of two sockets hold.
  private static final int MANY_POOLS = 60_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<RawClient> clients = new ArrayList<>();
  private final AtomicReference<WeakReference<ClusterSnapshot>> lastSnapshot =
      new AtomicReference<>(new WeakReference<>(snapshot(0)));
  private final CountDownLatch answers = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(2);
  private MetricsServer server = start(Limits.DEFAULT);

  @AfterEach
  void stop() {
    answers.countDown();
    clients.forEach(RawClient::close);
    server.close();
    client.close();
  }

  private MetricsServer start(Limits limits) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return MetricsServer.start(
          new ServerSettings(List.of(address), "/metrics", "1", Instant.EPOCH, limits),
          List.of(
              target("small", () -> snapshot(0)),
              target("large", () -> snapshot(MANY_POOLS)),
              target("waiting", this::waiting)));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void restart(Limits limits) {
    server.close();
    server = start(limits);
  }

  private Target target(String name, Supplier<ClusterSnapshot> source) {
    return new Target(
        name,
        Duration.ofMinutes(1),
        NodeFilter.ALL,
        Set.of(Collector.POOL),
        (_, _, _) -> {
          ClusterSnapshot snapshot = source.get();
          lastSnapshot.set(new WeakReference<>(snapshot));
          return snapshot;
        },
        () -> ApiActivity.NONE);
  }

  private static ClusterSnapshot snapshot(int pools) {
    List<MissingPool> missing =
        IntStream.range(0, pools)
            .mapToObj(i -> new MissingPool("pve1", "pool" + i, MissingPool.Cause.NO_LIST))
            .toList();
    Reading<List<NodeSnapshot>> nodes = new Reading.Ok<>(List.of(), Instant.EPOCH);
    return new ClusterSnapshot(Instant.EPOCH, nodes, Duration.ZERO).withMemory(nodes, missing);
  }

  private ClusterSnapshot waiting() {
    asked.countDown();
    try {
      answers.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return snapshot(0);
  }

  private static Limits limits(int scrapes, Duration reading, Duration writing) {
    return new Limits(scrapes, 400, 512, reading, writing, Duration.ofMillis(1));
  }

  private RawClient connect() {
    var raw = new RawClient(server.addresses().getFirst());
    clients.add(raw);
    return raw;
  }

  private HttpResponse<String> get(String path) {
    int port = server.addresses().getFirst().getPort();
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private void assertStillServes() {
    assertThat(get("/probe?target=small").statusCode()).isEqualTo(200);
    assertThat(get("/-/healthy").statusCode()).isEqualTo(200);
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsLeft() {
    restart(limits(40, LONG, SHORT));
    RawClient slow = connect().get("/probe?target=large");
    assertStillServes();
    slow.sendUntilClosed();
    assertStillServes();
  }

  @Test
  void aClientThatReadsSlowlyGetsTheWholeAnswerIfItIsNotTooSlow() {
    RawClient slow = connect().get("/probe?target=large");
    assertThat(slow.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200");
    assertStillServes();
    String last = "zfs_pool_up{node=\"pve1\",pool=\"pool9999\"} 0.0\n";
    assertThat(slow.readTo(last)).endsWith(last);
  }

  /// The last collection is kept for the page; those before it for nobody.
  @Test
  @Timeout(60)
  void whatWasReadOfTheClusterIsNotKeptForASlowReader() {
    restart(limits(40, LONG, LONG));
    RawClient slow = connect().get("/probe?target=large");
    assertThat(slow.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200");
    WeakReference<ClusterSnapshot> asked = lastSnapshot.get();
    assertThat(get("/probe?target=large").statusCode()).isEqualTo(200);
    while (asked.get() != null) {
      System.gc();
    }
    assertThat(slow.read()).isPositive();
  }

  @Test
  void aScrapeTakesThePlaceOfAReaderThatIsTooSlowForThePlacesThereAre() {
    restart(limits(2, LONG, LONG));
    List<RawClient> slow =
        List.of(connect().get("/probe?target=large"), connect().get("/probe?target=large"));
    slow.forEach(reader -> assertThat(reader.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200"));
    HttpResponse<String> response = get("/probe?target=large");
    while (response.statusCode() == 503) {
      // The one that reads was not slow for long enough.
      response = get("/probe?target=large");
    }
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("zfs_pool_up{node=\"pve1\",pool=\"pool9999\"} 0.0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET /metrics HTTP/1.1",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\n",
        "\r\n\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx",
        "POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx",
        "POST /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nx",
        "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"
      })
  void aClientThatDoesNotEndItsRequestIsLeft(String beginning) {
    restart(limits(40, SHORT, SHORT));
    RawClient slow = connect();
    assertThat(slow.send(beginning)).isTrue();
    assertStillServes();
    assertThat(slow.readToEnd()).doesNotContain("200");
    assertStillServes();
  }

  @Test
  void aLargeBodyIsNotReadToItsEnd() {
    RawClient large = connect();
    large.send("POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n");
    large.sendUntilClosed();
    assertStillServes();
  }

  @Test
  void thousandsOfConnectionsThatSendNothingHinderNobody() {
    for (int i = 0; i < 2000; i++) {
      connect();
    }
    assertStillServes();
  }

  @Test
  void thousandsOfRequestsThatNeverEndHinderNobody() {
    restart(new Limits(2, 4, 16, LONG, LONG, Duration.ZERO));
    for (int i = 0; i < 2000; i++) {
      connect().send("GET /metrics HTTP/1.1\r\nX-Slow: ");
    }
    assertStillServes();
    // The first of them made room for the later ones.
    assertThat(clients.getFirst().readToEnd()).isEmpty();
  }

  @Test
  void thousandsOfAnswersThatNobodyReadsHinderNobody() throws InterruptedException {
    restart(new Limits(2, 4, 16, LONG, LONG, Duration.ZERO));
    String requests = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(10_000);
    var refused = new CountDownLatch(24);
    for (int i = 0; i < 40; i++) {
      RawClient one = connect();
      Thread.ofVirtual()
          .start(
              () -> {
                one.send(requests);
                one.sendUntilClosed();
                refused.countDown();
              });
    }
    refused.await();
    // Those that are left go on being answered until their answers are too many to be kept; in that
    // time anybody may be sent away once.
    long end = System.nanoTime() + LONG.toNanos();
    while (!isServed() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertStillServes();
  }

  private boolean isServed() throws InterruptedException {
    int port = server.addresses().getFirst().getPort();
    var uri = URI.create("http://localhost:" + port + "/-/healthy");
    try {
      return client
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException sentAway) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endlessHeadersAreRefused(boolean one) {
    RawClient huge = connect();
    huge.send("GET /metrics HTTP/1.1\r\n");
    boolean open = true;
    for (int i = 0; open && i < 10_000_000; i++) {
      open = huge.send(one ? "x".repeat(1000) : "X-" + i + ": y\r\n");
    }
    assertThat(open).isFalse();
    assertStillServes();
  }

  @Test
  void anEndlessRequestLineIsRefused() {
    RawClient huge = connect();
    huge.send("GET /");
    huge.sendUntilClosed();
    assertStillServes();
  }

  @Test
  void aClientThatSendsNothingMoreGetsItsAnswer() {
    assertThat(connect().get("/probe?target=small").closeOutput().readToEnd())
        .startsWith("HTTP/1.1 200")
        .contains("proxmox_zfs_exporter_cluster_up 1.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"})
  void aClientThatStopsInTheMiddleIsLeft(String beginning) {
    RawClient half = connect();
    half.send(beginning);
    assertThat(half.closeOutput().readToEnd()).doesNotContain("200");
    assertStillServes();
  }

  @Test
  void requestsInARowAreAnsweredInTheirOrder() {
    RawClient eager = connect();
    eager.send(
        """
        GET /-/healthy HTTP/1.1\r
        Host: localhost\r
        \r
        GET /-/ready HTTP/1.1\r
        Host: localhost\r
        \r
        GET /none HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        \r
        """);
    assertThat(eager.readToEnd())
        .containsSubsequence(
            "HTTP/1.1 200", "Healthy.", "HTTP/1.1 200", "Ready.", "HTTP/1.1 404", "Not found.");
  }

  @Test
  void tooManyScrapesOfAClusterAreRefusedAndTheRestIsServed() throws InterruptedException {
    restart(limits(2, LONG, LONG));
    RawClient first = connect().get("/probe?target=waiting");
    RawClient second = connect().get("/probe?target=waiting");
    asked.await();
    HttpResponse<String> third = get("/probe?target=waiting");
    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(third.body())
        .isEqualTo(
            "Too many requests: 2 of them ask this cluster already."
                + " --web.max-requests is the limit for one cluster.\n");
    assertThat(get("/metrics").statusCode()).isEqualTo(200);
    assertThat(get("/-/ready").statusCode()).isEqualTo(200);
    assertStillServes();
    answers.countDown();
    String end = "cluster_up 1.0\n";
    assertThat(first.readTo(end)).startsWith("HTTP/1.1 200").endsWith(end);
    assertThat(second.readTo(end)).startsWith("HTTP/1.1 200").endsWith(end);
    assertStillServes();
  }

  @Test
  void aClientThatGoesAwayLeavesItsPlace() throws InterruptedException {
    restart(limits(2, LONG, LONG));
    for (int i = 0; i < 2; i++) {
      connect().get("/probe?target=waiting").close();
    }
    asked.await();
    answers.countDown();
    HttpResponse<String> next = get("/probe?target=waiting");
    while (next.statusCode() == 503) {
      next = get("/probe?target=waiting");
    }
    assertThat(next.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /<script>?secret HTTP/1.1",
        "GET /%zz?secret HTTP/1.1",
        "GET /probe?target=%secret HTTP/1.1",
        "GET mailto:secret HTTP/1.1",
        "GET * HTTP/1.1",
        "GET //[secret/ HTTP/1.1",
        "GET /secret",
        "secret",
        "GET /metrics HTTP/1.1\r\nsecret: 1\r\nbad header\u0000: x",
        "GET /metrics HTTP/1.1\r\nContent-Length: secret",
        "GET /metrics HTTP/1.1\r\nContent-Length: -1",
        "GET /metrics HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 1",
        "GET /metrics HTTP/1.1\r\nContent-Length: 0\r\nTransfer-Encoding: chunked",
        "GET /metrics HTTP/1.1\r\nTransfer-Encoding: secret",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
      })
  void whatIsNoRequestIsRefusedWithoutAnEcho(String head) {
    RawClient bad = connect();
    bad.send(head + "\r\n\r\n");
    bad.closeOutput();
    String answer = bad.readToEnd();
    if (!answer.isEmpty()) {
      assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404|501) .*");
    }
    assertThat(answer).doesNotContain("secret").doesNotContain("script").doesNotContain("\tat ");
    assertStillServes();
  }
}
