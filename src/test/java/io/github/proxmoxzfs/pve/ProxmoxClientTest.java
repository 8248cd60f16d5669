package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.connection;
import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxmoxClientTest {
  private static final String POOLS = "/nodes/pve1/disks/zfs";
  private static final String TIME = "/nodes/pve1/time";

  private final Simulator simulator = SimulatedCluster.start();
  private final ProxmoxClient client =
      new ProxmoxClient(connection(SimulatedCluster.TOKEN, simulator), InstantSource.system());

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void nodesPoolsAndClockAreRead() {
    assertThat(value(client.nodes(soon())))
        .containsExactly(
            new NodeEntry("pve1", NodeEntry.Status.ONLINE),
            new NodeEntry("pve2", NodeEntry.Status.ONLINE));
    assertThat(value(client.pools("pve1", soon())))
        .containsExactly(
            new PoolListing(
                "tank",
                PoolHealth.ONLINE,
                Optional.of(
                    new PoolListing.Space(
                        1000, 250, 750, OptionalDouble.of(0.07), OptionalDouble.of(1))),
                false));
    NodeClock clock = value(client.clock("pve2", soon()));
    assertThat(clock.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(clock.aheadOfUs().abs()).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aPoolIsRead() {
    simulator.answer(
        POOLS + "/tank",
        Answer.json("{\"data\":{\"state\":\"DEGRADED\",\"name\":\"tank\",\"children\":[]}}"));
    assertThat(value(client.pool("pve1", "tank").ask(soon())).health())
        .isEqualTo(PoolHealth.DEGRADED);
  }

  @Test
  void theTokenIsSentExactlyAndNothingIsAskedInCompressedForm() {
    value(client.nodes(soon()));
    var request = simulator.requests().getFirst();
    assertThat(request.header("authorization"))
        .contains("PVEAPIToken=monitor@pve!exporter=11111111-1111-4111-8111-111111111111");
    assertThat(request.header("accept-encoding")).isEmpty();
    assertThat(request.header("cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "tank:1", "tank.", "tank-", "tank_", "1tank", "my tank", "a/b", "..", "täng", ""
      })
  void aNameThatProxmoxRefusesIsNotAskedFor(String pool) {
    assertThat(client.pool("pve1", pool).ask(soon()).failure())
        .contains(FailureReason.UNSUPPORTED_NAME);
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void aNameThatProxmoxRefusesAfterAllIsUnsupported() {
    simulator.answer(
        POOLS + "/tank",
        Answer.invalidParameters(java.util.Map.of("name", "invalid format - storage ID 'tank'")));
    assertThat(client.pool("pve1", "tank").ask(soon()).failure())
        .contains(FailureReason.UNSUPPORTED_NAME);
    simulator.answer(POOLS + "/tank", Answer.error(501, "Method 'GET /x' not implemented"));
    assertThat(client.pool("pve1", "tank").ask(soon()).failure())
        .contains(FailureReason.UNSUPPORTED_NAME);
  }

  @Test
  void namesArePercentEncodedInPaths() {
    simulator.answer("/nodes/p+v e/time", Answer.json("{\"data\":{}}"));
    assertThat(client.clock("p+v e", soon()).failure()).contains(FailureReason.MALFORMED);
    assertThat(simulator.requests().getFirst().target())
        .isEqualTo("/api2/json/nodes/p%2Bv%20e/time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "<html><body>Bad Gateway</body></html>",
        "{}",
        "{\"data\":null}",
        "{\"data\":{}}",
        "{\"data\":\"x\"}",
        "{\"data\":[]}{\"data\":[]}",
        "{\"data\":[{\"size\":1}]}",
        "{\"data\":[17]}",
        "[]"
      })
  void anAnswerThatIsNoListIsMalformed(String body) {
    simulator.answer(POOLS, Answer.json(body));
    assertThat(client.pools("pve1", soon()).failure()).contains(FailureReason.MALFORMED);
    assertThat(client.pools("pve2", soon()).failure()).isEmpty();
  }

  @Test
  void aDeeplyNestedAnswerIsMalformed() {
    simulator.answer(POOLS, Answer.json("{\"data\":" + "[".repeat(100_000)));
    assertThat(failed(client.pools("pve1", soon())))
        .isEqualTo(
            new Failed<>(
                FailureReason.MALFORMED,
                "The answer to /nodes/pve1/disks/zfs cannot be used: the answer is nested deeper"
                    + " than 64; it begins with \"{\"data\":"
                    + "[".repeat(52)
                    + "…\"."));
  }

  @Test
  void aTruncatedAnswerIsMalformed() {
    simulator.answer(
        POOLS, Answer.json("{\"data\":[]}").delivered(new Answer.Delivery.Truncated(5)));
    assertThat(failed(client.pools("pve1", soon())).reason()).isEqualTo(FailureReason.MALFORMED);
  }

  @Test
  void anAnswerOfFiftyMegabytesIsNotRead() {
    byte[] piece = "[1,2,3],".repeat(1000).getBytes(StandardCharsets.UTF_8);
    simulator.answer(
        POOLS, Answer.json("").withBody(piece).delivered(new Answer.Delivery.Repeated(50_000_000)));
    assertThat(failed(client.pools("pve1", soon())))
        .satisfies(
            failed -> {
              assertThat(failed.reason()).isEqualTo(FailureReason.MALFORMED);
              assertThat(failed.detail()).endsWith("answered with more than 4194304 bytes.");
            });
  }

  @Test
  void silenceEndsWithTheDeadline() {
    simulator.answer(TIME, Answer.json("{}").delivered(new Answer.Delivery.Silence()));
    assertTimesOut(deadline -> client.clock("pve1", deadline));
  }

  @Test
  void aStalledBodyEndsWithTheDeadline() {
    simulator.answer(
        TIME, Answer.json("{\"data\":[]}").delivered(new Answer.Delivery.StalledBody()));
    assertTimesOut(deadline -> client.clock("pve1", deadline));
  }

  @Test
  void aDrippingBodyEndsWithTheDeadline() {
    simulator.answer(
        TIME,
        Answer.json("{\"data\":[" + " ".repeat(10_000) + "]}")
            .delivered(new Answer.Delivery.Slow(1, Duration.ofMillis(20))));
    assertTimesOut(deadline -> client.clock("pve1", deadline));
  }

  @Test
  void anAnswerThatComesTooLateIsNotWaitedFor() {
    simulator.answer(TIME, Answer.json("{\"data\":[]}").delayed(Duration.ofMinutes(5)));
    assertTimesOut(deadline -> client.clock("pve1", deadline));
  }

  @Test
  void aServerThatNeverSpeaksTlsEndsWithTheDeadline() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var toSilent = clientOf(silent.getLocalPort())) {
      assertTimesOut(toSilent::nodes);
    }
  }

  @Test
  void aRefusedConnectionIsUnreachable() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (var toNobody = clientOf(port)) {
      assertThat(failed(toNobody.nodes(soon())))
          .satisfies(
              failed -> {
                assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
                assertThat(failed.detail())
                    .startsWith("127.0.0.1:" + port + " could not be reached");
              });
    }
  }

  @Test
  void aNameThatDoesNotResolveIsUnreachable() {
    var connection =
        connection(
            SimulatedCluster.TOKEN,
            SimulatedCluster.authority(),
            Optional.empty(),
            List.of(URI.create("https://nosuch.invalid:8006")));
    try (var toNobody = new ProxmoxClient(connection, InstantSource.system())) {
      assertThat(failed(toNobody.nodes(soon())))
          .isEqualTo(
              new Failed<>(
                  FailureReason.UNREACHABLE,
                  "nosuch.invalid:8006 could not be reached: its name could not be resolved."));
    }
  }

  @Test
  void aResetOfAZfsRequestIsUnreachableAfterOneRepetition() {
    simulator.answer(POOLS, Answer.json("{}").delivered(new Answer.Delivery.Reset()));
    assertThat(client.pools("pve1", soon()).failure()).contains(FailureReason.UNREACHABLE);
    assertThat(simulator.requests()).hasSize(2);
  }

  @Test
  void aRedirectIsNotFollowed() {
    simulator.answer(
        POOLS,
        Answer.json("Moved Permanently")
            .withStatus(301, "Moved Permanently")
            .withHeader("Location", simulator.endpoint() + "/x"));
    assertThat(failed(client.pools("pve1", soon())))
        .isEqualTo(
            new Failed<>(
                FailureReason.API_ERROR,
                "The endpoint answered with a redirect (301), which is never followed."));
    assertThat(simulator.requests()).hasSize(1);
  }

  @Test
  void nothingIsAskedWhenTheDeadlineHasPassed() {
    assertThat(client.nodes(Deadline.after(Duration.ZERO)).failure())
        .contains(FailureReason.TIMED_OUT);
    assertThat(simulator.requests()).isEmpty();
  }

  @Test
  void anInterruptEndsACallAtOnce() throws Exception {
    var asked = new CountDownLatch(1);
    simulator.answer(
        POOLS,
        _ -> {
          asked.countDown();
          return Answer.json("{}").delivered(new Answer.Delivery.Silence());
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> interrupted =
          threads.submit(
              () -> {
                boolean failed =
                    client.pools("pve1", Deadline.after(Duration.ofHours(1))).failure().isPresent();
                return failed && Thread.currentThread().isInterrupted();
              });
      asked.await();
      threads.shutdownNow();
      assertThat(interrupted.get()).isTrue();
    }
  }

  @Test
  void closingEndsCallsUnderWay() throws Exception {
    var asked = new CountDownLatch(1);
    simulator.answer(
        POOLS,
        _ -> {
          asked.countDown();
          return Answer.json("{}").delivered(new Answer.Delivery.Silence());
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reading<List<PoolListing>>> call =
          threads.submit(() -> client.pools("pve1", Deadline.after(Duration.ofHours(1))));
      asked.await();
      client.close();
      assertThat(call.get().failure()).isPresent();
    }
  }

  @Test
  void aConnectionThatTheServerClosedWhileIdleCostsNothing() throws IOException {
    // Says that it keeps each connection, and closes it.
    try (var hasty =
            TlsServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"data\":[]}");
        var toHasty = clientOf(hasty.port())) {
      for (int i = 0; i < 50; i++) {
        assertThat(toHasty.nodes(soon()).failure()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: Keep-Alive\r\nContent-Length: 11\r\n\r\n{\"data\":[]}",
        "HTTP/1.1 200 OK\r\nConnection: close,Keep-Alive\r\nConnection: Keep-Alive\r\nContent-Length: 11\r\n\r\n{\"data\":[]}"
      })
  void bothConnectionHeadersAreCopedWith(String answer) throws IOException {
    try (var server = TlsServer.answering(answer);
        var toServer = clientOf(server.port())) {
      assertThat(value(toServer.nodes(soon()))).isEmpty();
      assertThat(value(toServer.nodes(soon()))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"})
  void whatIsNotHttpIsNoAnswer(String garbage) throws IOException {
    try (var server = TlsServer.answering(garbage);
        var toServer = clientOf(server.port())) {
      assertThat(failed(toServer.nodes(soon())).reason()).isEqualTo(FailureReason.MALFORMED);
    }
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsUnreachableAfterThreeRepetitions() throws IOException {
    try (var server = TlsServer.answering("");
        var toServer = clientOf(server.port())) {
      assertThat(failed(toServer.nodes(soon())).reason()).isEqualTo(FailureReason.UNREACHABLE);
      assertThat(server.requests()).isEqualTo(4);
    }
  }

  @Test
  void anEchoedSecretIsNotShown() {
    simulator.answer(
        POOLS, Answer.error(500, "you sent 11111111-1111-4111-8111-111111111111, thanks"));
    assertThat(failed(client.pools("pve1", soon())).detail())
        .isEqualTo("Proxmox answered 500: you sent ***, thanks.");
  }

  private interface Call {
    Reading<?> before(Deadline deadline);
  }

  private static void assertTimesOut(Call call) {
    long begin = System.nanoTime();
    assertThat(call.before(Deadline.after(Duration.ofMillis(400))).failure())
        .contains(FailureReason.TIMED_OUT);
    // Generous: what would fail here waits for ever.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  private static ProxmoxClient clientOf(int port) {
    return new ProxmoxClient(
        connection(
            SimulatedCluster.TOKEN,
            SimulatedCluster.authority(),
            Optional.empty(),
            List.of(URI.create("https://127.0.0.1:" + port))),
        InstantSource.system());
  }

  private static <T> T value(Reading<T> reading) {
    assertThat(reading).isInstanceOf(Reading.Ok.class);
    return reading.asOptional().orElseThrow();
  }

  private static Failed<?> failed(Reading<?> reading) {
    assertThat(reading).isInstanceOf(Failed.class);
    return (Failed<?>) reading;
  }
}
