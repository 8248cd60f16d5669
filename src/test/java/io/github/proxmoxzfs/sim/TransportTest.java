package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.sim.Answer.Delivery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  private static final String POOLS = "/nodes/pve1/disks/zfs";

  private final Simulator simulator = start(SimulatorOptions.forTests());

  private static Simulator start(SimulatorOptions options) {
    return Simulator.start(
        Scenario.builder("two")
            .node("pve1", ZoneId.of("Etc/UTC"))
            .node("pve2", ZoneId.of("Etc/UTC"))
            .build(),
        options);
  }

  private static Simulator startImpatient() {
    return start(SimulatorOptions.forTests().withIdleTimeout(Duration.ofMillis(1)));
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsOfTlsAreSpoken(String protocol) throws IOException {
    try (var client = RawClient.connect(simulator, protocol)) {
      assertThat(client.get("/version").orElseThrow().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void javasClientReusesTheConnectionInSpiteOfTwoConnectionHeaders() throws Exception {
    var context = RawClient.trusting(Simulator.certificateAuthorityPem());
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      for (int i = 0; i < 3; i++) {
        var request =
            HttpRequest.newBuilder(simulator.endpoint().resolve("/api2/json" + POOLS))
                .header("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN)
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("{\"data\":[]}");
        assertThat(response.headers().allValues("connection"))
            .containsExactly("close", "Keep-Alive");
      }
    }
    assertThat(simulator.requestCount(POOLS)).isEqualTo(3);
  }

  @Test
  void connectionServesAHundredRequests() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      for (int i = 1; i < 100; i++) {
        assertThat(client.get("/version").orElseThrow().headers("Connection"))
            .containsExactly("Keep-Alive");
      }
      assertThat(client.get("/version").orElseThrow().headers("Connection"))
          .containsExactly("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void failureClosesTheConnection() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get("/nosuch").orElseThrow().headers("Connection"))
          .containsExactly("close");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void idleConnectionIsClosed() throws IOException {
    try (var impatient = startImpatient();
        var client = RawClient.connect(impatient)) {
      assertThat(client.get("/version")).isPresent();
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void headersAboveEightKibibytesGetNoAnswer() throws IOException {
    try (var impatient = startImpatient();
        var client = RawClient.connect(impatient)) {
      assertThat(client.exchange("GET /api2/json/version HTTP/1.1", "Cookie: " + "x".repeat(8200)))
          .isEmpty();
    }
  }

  @Test
  void chunkedBodyIsRefused() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      var answer =
          client.exchangeWithBody(
              "4\r\na=bc\r\n0\r\n\r\n",
              "POST /api2/json/access/ticket HTTP/1.1",
              "Transfer-Encoding: chunked");
      assertThat(answer.orElseThrow().statusLine())
          .isEqualTo("HTTP/1.1 501 chunked transfer encoding not supported");
    }
  }

  @Test
  void getWithABodyIsRefused() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      var answer =
          client.exchangeWithBody(
              "{}",
              "GET /api2/json/version HTTP/1.1",
              "Authorization: PVEAPIToken=" + Credentials.MONITOR_TOKEN,
              "Content-Length: 2");
      assertThat(answer.orElseThrow().statusLine())
          .isEqualTo("HTTP/1.1 501 Unexpected content for method 'GET'");
    }
  }

  @Test
  void longAnswerIsCompressedWhenAsked() throws Exception {
    var pools = "{\"data\":[\"" + "x".repeat(2000) + "\"]}";
    simulator.answer(POOLS, Answer.json(pools));
    assertThat(contentEncoding(POOLS)).isEqualTo("gzip");
    assertThat(contentEncoding("/version")).isEqualTo("none");
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get(POOLS).orElseThrow().body()).isEqualTo(pools);
    }
  }

  private String contentEncoding(String path) throws Exception {
    var context = RawClient.trusting(Simulator.certificateAuthorityPem());
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      var request =
          HttpRequest.newBuilder(simulator.endpoint().resolve("/api2/json" + path))
              .header("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN)
              .header("Accept-Encoding", "gzip")
              .build();
      var response = client.send(request, BodyHandlers.ofByteArray());
      var encoding = response.headers().firstValue("Content-Encoding").orElse("none");
      if (encoding.equals("gzip")) {
        var unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()));
        assertThat(unzipped.readAllBytes()).hasSizeGreaterThan(2000);
      }
      return encoding;
    }
  }

  @Test
  void truncatedAnswerEndsBeforeItsLength() throws IOException {
    var whole = Answer.json("{\"data\":[{\"name\":\"tank\"}]}");
    simulator.answer(POOLS, whole.delivered(new Delivery.Truncated(10)));
    try (var client = RawClient.connect(simulator)) {
      var response = client.get(POOLS).orElseThrow();
      assertThat(response.header("Content-Length")).contains("26");
      assertThat(response.body()).isEqualTo("{\"data\":[{");
    }
  }

  @Test
  void resetConnectionGivesNoAnswer() throws IOException {
    simulator.answer(POOLS, Answer.json("{}").delivered(new Delivery.Reset()));
    try (var client = RawClient.connect(simulator)) {
      assertThatThrownBy(() -> client.get(POOLS)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void slowAnswerArrivesWhole() throws IOException {
    var slow = new Delivery.Slow(1, Duration.ofMillis(1));
    simulator.answer(POOLS, Answer.json("{\"data\":[]}").delivered(slow));
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get(POOLS).orElseThrow().body()).isEqualTo("{\"data\":[]}");
    }
  }

  @Test
  void hugeAnswerIsSentWithoutBeingHeld() throws IOException {
    var repeated = new Delivery.Repeated(3_000_001);
    simulator.answer(POOLS, Answer.json("[1,2,3],").delivered(repeated));
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get(POOLS).orElseThrow().body()).hasSize(3_000_001).endsWith("[1,2,3],[");
    }
  }

  @Test
  void stalledAndSilentAnswersEndWithTheSimulator() throws Exception {
    simulator.answer(POOLS, Answer.json("{}").delivered(new Delivery.StalledBody()));
    var asked = new CountDownLatch(1);
    simulator.answer(
        "/version",
        _ -> {
          asked.countDown();
          return Answer.json("{}").delivered(new Delivery.Silence());
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var stalled = RawClient.connect(simulator);
        var silent = RawClient.connect(simulator)) {
      stalled
          .socket()
          .getOutputStream()
          .write(
              ("GET /api2/json"
                      + POOLS
                      + " HTTP/1.1\r\nAuthorization: PVEAPIToken="
                      + Credentials.MONITOR_TOKEN
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      var head =
          new String(stalled.socket().getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
      assertThat(head).isEqualTo("HTTP/1.1 200 OK");
      var answer = threads.submit(() -> silent.get("/version").isPresent());
      asked.await();
      simulator.close();
      assertThat(answer)
          .satisfiesAnyOf(
              a -> assertThat(a.get()).isFalse(),
              a -> assertThatThrownBy(a::get).hasCauseInstanceOf(IOException.class));
    }
  }

  @Test
  void closedSimulatorListensNoMore() {
    simulator.close();
    assertThatThrownBy(() -> RawClient.connect(simulator)).isInstanceOf(ConnectException.class);
  }

  @Test
  void requestsAreCountedAndSoAreTheSimultaneousOnes() throws Exception {
    var both = new CountDownLatch(2);
    simulator.answer(
        POOLS,
        _ -> {
          both.countDown();
          await(both);
          return Answer.json("{\"data\":[]}");
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var one = RawClient.connect(simulator);
        var other = RawClient.connect(simulator)) {
      var first = threads.submit(() -> one.get(POOLS));
      other.get(POOLS);
      first.get();
      other.get("/nodes/pve2/disks/zfs");
    }
    assertThat(simulator.requestCount(POOLS)).isEqualTo(2);
    assertThat(simulator.maxConcurrentRequests("pve1")).isEqualTo(2);
    assertThat(simulator.maxConcurrentRequests("pve2")).isEqualTo(1);
    assertThat(simulator.requests().getLast().path()).isEqualTo("/nodes/pve2/disks/zfs");
    assertThat(simulator.requests().getLast()).asString().doesNotContain("11111111");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
