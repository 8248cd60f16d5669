package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.sim.Answer.Delivery;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExchangeTest {
  private static final String POOLS = "/nodes/pve1/disks/zfs";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, String> TOKEN =
      Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN);

  private final ManualTime time = new ManualTime();
  private final Simulator simulator =
      Simulator.start(
          Scenario.builder("two")
              .node("pve1", ZoneId.of("Etc/UTC"))
              .node("pve2", ZoneId.of("Etc/UTC"))
              .build(),
          SimulatorOptions.forTests()
              .withClock(InstantSource.fixed(time.instant()))
              .withWaiting(time)
              .withRecordedKeyOrder());

  @AfterEach
  void close() {
    simulator.close();
  }

  private ReceivedAnswer get(String path) throws IOException, InterruptedException {
    return simulator.exchange("GET", "/api2/json" + path, TOKEN, "", PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/version",
        "/nodes",
        "/nodes/pve1/disks/zfs",
        "/nodes/pve2/disks/zfs",
        "/nodes/pve2/time",
        "/nodes/pve1/disks/zfs/nosuch",
        "/nodes/nosuch/time",
        "/nosuch"
      })
  void answerIsThatOfTheSocket(String path) throws Exception {
    var exchanged = get(path);
    try (var client = RawClient.connect(simulator)) {
      var raw = client.get(path).orElseThrow();
      assertThat("HTTP/1.1 " + exchanged.status() + " " + exchanged.reason())
          .isEqualTo(raw.statusLine());
      assertThat(new String(exchanged.body(), StandardCharsets.UTF_8)).isEqualTo(raw.body());
      var headers =
          exchanged.headers().entrySet().stream()
              .flatMap(header -> header.getValue().stream().map(v -> header.getKey() + ": " + v));
      assertThat(headers.toList()).containsExactlyInAnyOrderElementsOf(raw.headers());
    }
    assertThat(simulator.requestCount(path)).isEqualTo(2);
  }

  @Test
  void headersMatchWithoutRegardToCase() throws Exception {
    assertThat(get("/version").headers().get("content-type"))
        .containsExactly("application/json;charset=UTF-8");
  }

  @Test
  void longAnswerIsCompressedWhenAsked() throws Exception {
    simulator.answer(POOLS, Answer.json("[" + "1,".repeat(1000) + "1]"));
    var answer =
        simulator.exchange(
            "GET",
            "/api2/json" + POOLS,
            Map.of(
                "Authorization",
                "PVEAPIToken=" + Credentials.MONITOR_TOKEN,
                "Accept-Encoding",
                "gzip"),
            "",
            PATIENCE);
    assertThat(answer.headers().get("Content-Encoding")).containsExactly("gzip");
    assertThat(answer.body()).hasSizeLessThan(100);
  }

  @Test
  void resetConnectionIsAnException() {
    simulator.answer(POOLS, Answer.json("{}").delivered(new Delivery.Reset()));
    assertThatThrownBy(() -> get(POOLS))
        .isInstanceOf(SocketException.class)
        .hasMessage("Connection reset");
  }

  @Test
  void truncatedAnswerIsAnException() {
    simulator.answer(POOLS, Answer.json("{\"data\":[]}").delivered(new Delivery.Truncated(3)));
    assertThatThrownBy(() -> get(POOLS)).isInstanceOf(EOFException.class);
  }

  static Stream<Answer> unfinished() {
    var answer = Answer.json("{\"data\":[]}");
    return Stream.of(
        answer.delivered(new Delivery.Silence()),
        answer.delivered(new Delivery.StalledBody()),
        answer.delivered(new Delivery.Slow(1, Duration.ofSeconds(3))),
        answer.delayed(PATIENCE.plusSeconds(1)));
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void clientGoesAwayWhenItsPatienceEnds(Answer answer) throws Exception {
    simulator.answer(POOLS, answer);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = threads.submit(() -> get(POOLS));
      for (int seconds = 0; seconds < 30; seconds += 3) {
        assertThat(call).isNotDone();
        time.advance(1, Duration.ofSeconds(3));
      }
      assertThatThrownBy(call::get).hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void slowAnswerArrivesWholeAfterItsTime() throws Exception {
    simulator.answer(
        POOLS, Answer.json("0123456789").delivered(new Delivery.Slow(5, Duration.ofSeconds(3))));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = threads.submit(() -> get(POOLS));
      time.advance(1, Duration.ofSeconds(3));
      time.advance(1, Duration.ofSeconds(3));
      assertThat(new String(call.get().body(), StandardCharsets.US_ASCII)).isEqualTo("0123456789");
    }
  }
}
