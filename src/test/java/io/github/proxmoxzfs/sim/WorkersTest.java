package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  private static final Duration SERVICE = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENT = Duration.ofDays(1);

  private final ManualTime time = new ManualTime();
  private final Simulator simulator =
      start(
          SimulatorOptions.defaults()
              .withWaiting(time)
              .withClock(time)
              .withCallDelay(SERVICE)
              .withRecordedKeyOrder());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();

  private static Simulator start(SimulatorOptions options) {
    var scenario = Scenario.builder("three");
    for (String node : List.of("pve1", "pve2", "pve3")) {
      scenario.node(node, ZoneId.of("Etc/UTC"));
      scenario.answer("/nodes/" + node + "/disks/zfs/tank", "{\"data\":{\"name\":\"tank\"}}");
    }
    return Simulator.start(scenario.build(), options);
  }

  @AfterEach
  void close() {
    simulator.close();
    threads.close();
  }

  private static ReceivedAnswer get(Simulator simulator, String path, Duration patience)
      throws IOException, InterruptedException {
    var headers = Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN);
    return simulator.exchange("GET", "/api2/json" + path, headers, "", patience);
  }

  private Future<String> ask(String path) {
    return ask(path, PATIENT);
  }

  private Future<String> ask(String path, Duration patience) {
    return threads.submit(
        () -> {
          var answer = get(simulator, path, patience);
          var result = answer.status() + " " + answer.reason();
          answered.add(result);
          return result;
        });
  }

  private List<Future<String>> ask(int times, String path) {
    List<Future<String>> calls = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      calls.add(ask(path));
    }
    return calls;
  }

  private static List<String> results(List<Future<String>> calls)
      throws ExecutionException, InterruptedException {
    List<String> results = new ArrayList<>();
    for (Future<String> call : calls) {
      results.add(call.get());
    }
    return results;
  }

  /// Waits for so many answers, and sees that there are no more.
  private void assertAnswered(int answers, int stillWaiting) throws InterruptedException {
    for (int i = 0; i < answers; i++) {
      assertThat(answered.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    time.untilWaiting(stillWaiting);
    assertThat(answered).isEmpty();
  }

  @Test
  void callTakesAWorkerForItsServiceTime() throws Exception {
    var call = ask("/nodes/pve1/disks/zfs/tank");
    time.untilWaiting(1);
    assertThat(simulator.busyWorkers("pve1")).isEqualTo(1);
    time.advance(SERVICE);
    assertThat(call.get()).isEqualTo("200 OK");
    assertThat(simulator.busyWorkers("pve1")).isZero();
    assertThat(simulator.maximumBusyWorkers("pve1")).isEqualTo(1);
  }

  @Test
  void fourthCallWaitsForAWorker() throws Exception {
    var calls = ask(4, "/nodes/pve1/disks/zfs/tank");
    time.advance(4, SERVICE);
    assertAnswered(3, 1);
    time.advance(SERVICE);
    assertThat(results(calls)).containsOnly("200 OK");
    assertThat(simulator.maximumBusyWorkers("pve1")).isEqualTo(3);
    assertThat(simulator.maximumBusyWorkers("pve2")).isZero();
  }

  @Test
  void hungCallKeepsItsWorkerAfterItsTimeOut() throws Exception {
    simulator.hang("pve2");
    var call = ask("/nodes/pve2/disks/zfs/tank");
    time.advance(1, TIMEOUT);
    assertThat(call.get()).isEqualTo("596 Connection timed out");
    time.advance(Duration.ofHours(24));
    assertThat(simulator.stuckWorkers("pve2")).isEqualTo(1);
    assertThat(simulator.busyWorkers("pve2")).isEqualTo(1);
    assertThat(simulator.stuckWorkers("pve1")).isZero();
  }

  @Test
  void threeHungCallsBlockTheNodeLoginsToo() throws Exception {
    simulator.hang("pve1");
    var calls = ask(3, "/nodes/pve1/disks/zfs");
    time.untilWaiting(3);
    var storage = ask("/nodes/pve1/storage");
    var form = "username=" + Credentials.MONITOR_USER + "&password=" + Credentials.MONITOR_PASSWORD;
    var login =
        threads.submit(
            () ->
                simulator
                    .exchange("POST", "/api2/json/access/ticket", Map.of(), form, PATIENT)
                    .reason());
    time.untilWaiting(5);
    // pveproxy answers these itself.
    assertThat(ask("/version").get()).isEqualTo("200 OK");
    time.advance(TIMEOUT);
    assertThat(results(calls)).containsOnly("596 Connection timed out");
    assertThat(storage.get()).isEqualTo("596 Connection timed out");
    assertThat(login.get()).isEqualTo("Connection timed out");
    assertThat(simulator.stuckWorkers("pve1")).isEqualTo(3);
  }

  @Test
  void abandonedCallIsWorkedOnLater() throws Exception {
    var calls = ask(3, "/nodes/pve1/disks/zfs/tank");
    time.untilWaiting(3);
    var abandoned = ask("/nodes/pve1/disks/zfs/tank", Duration.ofMillis(500));
    time.advance(4, Duration.ofMillis(500));
    assertThatThrownBy(abandoned::get).hasCauseInstanceOf(SocketTimeoutException.class);
    time.advance(3, Duration.ofMillis(500));
    assertThat(results(calls)).containsOnly("200 OK");
    assertThat(simulator.busyWorkers("pve1")).isEqualTo(1);
    time.advance(SERVICE);
    assertThat(simulator.busyWorkers("pve1")).isZero();
  }

  @Test
  void interruptedClientFreesNothing() throws Exception {
    simulator.hang("pve1");
    var call = ask("/nodes/pve1/disks/zfs");
    time.untilWaiting(1);
    call.cancel(true);
    time.advance(0, Duration.ofHours(1));
    assertThat(simulator.stuckWorkers("pve1")).isEqualTo(1);
  }

  @Test
  void recoveryAnswersThoseWhoStillWaitAndFreesTheWorkers() throws Exception {
    simulator.hang("pve2");
    var early = ask("/nodes/pve2/disks/zfs/tank");
    time.advance(1, Duration.ofSeconds(20));
    var late = ask("/nodes/pve2/disks/zfs/tank");
    time.advance(2, Duration.ofSeconds(10));
    assertThat(early.get()).isEqualTo("596 Connection timed out");
    time.untilWaiting(1);
    simulator.recover("pve2");
    assertThat(late.get()).isEqualTo("200 OK");
    assertThat(simulator.busyWorkers("pve2")).isZero();
  }

  @Test
  void rebootLosesTheCallsOfTheNode() throws Exception {
    simulator.hang("pve1");
    simulator.hang("pve2");
    var own = ask("/nodes/pve1/disks/zfs");
    var others = ask(4, "/nodes/pve2/disks/zfs");
    time.untilWaiting(5);
    simulator.reboot("pve2");
    assertThat(results(others)).containsOnly("596 Connection reset by peer");
    simulator.reboot("pve1");
    assertThatThrownBy(own::get).hasCauseInstanceOf(SocketException.class);
    assertThat(simulator.busyWorkers("pve2")).isZero();
    var after = ask("/nodes/pve2/disks/zfs");
    time.advance(1, SERVICE);
    assertThat(after.get()).isEqualTo("200 OK");
  }

  @Test
  void fourRequestsToAnotherNodeAreProxiedAtATime() throws Exception {
    simulator.hang("pve2");
    // As it was seen on the wire: nine hung ones take 30, 60 and 90 s.
    var calls = ask(9, "/nodes/pve2/disks/zfs");
    time.advance(9, TIMEOUT);
    assertAnswered(4, 5);
    time.advance(TIMEOUT);
    assertAnswered(4, 1);
    time.advance(TIMEOUT);
    assertThat(results(calls)).containsOnly("596 Connection timed out");
    assertThat(simulator.stuckWorkers("pve2")).isEqualTo(3);
    assertThat(simulator.maximumBusyWorkers("pve2")).isEqualTo(3);
  }

  @Test
  void hungPoolLeavesTheOthersAndTheListAlone() throws Exception {
    simulator.hang("pve1", "tank");
    var tank = ask("/nodes/pve1/disks/zfs/tank");
    time.untilWaiting(1);
    var list = ask("/nodes/pve1/disks/zfs");
    time.advance(2, SERVICE);
    assertThat(list.get()).isEqualTo("200 OK");
    simulator.hang("pve1", Hang.ofPool("other").withList(true));
    var hungList = ask("/nodes/pve1/disks/zfs");
    time.advance(2, TIMEOUT);
    assertThat(tank.get()).isEqualTo("596 Connection timed out");
    assertThat(hungList.get()).isEqualTo("596 Connection timed out");
    assertThat(simulator.stuckWorkers("pve1")).isEqualTo(2);
  }

  @Test
  void slowCallIsGivenUpAndEndsLater() throws Exception {
    var slow = Answer.json("{\"data\":[]}").delayed(Duration.ofSeconds(40));
    simulator.answer("/nodes/pve1/disks/zfs", slow);
    var call = ask("/nodes/pve1/disks/zfs");
    time.advance(1, TIMEOUT);
    assertThat(call.get()).isEqualTo("596 Connection timed out");
    assertThat(simulator.busyWorkers("pve1")).isEqualTo(1);
    time.advance(Duration.ofSeconds(10));
    assertThat(simulator.busyWorkers("pve1")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nodes/pve1/disks/zfs", "/nodes/pve2/disks/zfs"})
  void callsOverTheSocketTakeTheSameWorkers(String path) throws Exception {
    try (var client = RawClient.connect(simulator)) {
      var call = threads.submit(() -> client.get(path).orElseThrow().statusLine());
      time.advance(1, SERVICE);
      assertThat(call.get()).isEqualTo("HTTP/1.1 200 OK");
      simulator.hang(path.substring(7, 11));
      var hung = threads.submit(() -> client.get(path).orElseThrow().statusLine());
      time.advance(1, TIMEOUT);
      assertThat(hung.get()).isEqualTo("HTTP/1.1 596 Connection timed out");
    }
    assertThat(simulator.stuckWorkers(path.substring(7, 11))).isEqualTo(1);
  }

  @Test
  void refusedLoginKeepsNoWorkerWhileItIsHeldBack() throws Exception {
    simulator.refuseLogins();
    var login =
        threads.submit(
            () ->
                simulator
                    .exchange("POST", "/api2/json/access/ticket", Map.of(), "username=a", PATIENT)
                    .status());
    time.untilWaiting(1);
    assertThat(simulator.busyWorkers("pve1")).isZero();
    time.advance(Duration.ofSeconds(3));
    assertThat(login.get()).isEqualTo(401);
  }

  @Test
  void closingEndsWhatHangs() throws Exception {
    simulator.hang("pve2");
    var calls = ask(6, "/nodes/pve2/disks/zfs");
    time.untilWaiting(6);
    simulator.close();
    for (Future<String> call : calls) {
      assertThatThrownBy(call::get).hasCauseInstanceOf(EOFException.class);
    }
  }

  @Test
  void withoutTimeOutWhatHangsFailsAtOnce() throws Exception {
    try (var hasty = start(SimulatorOptions.forTests())) {
      hasty.hang("pve2");
      for (int i = 0; i < 5; i++) {
        assertThat(get(hasty, "/nodes/pve2/disks/zfs", PATIENT).status()).isEqualTo(596);
      }
      assertThat(hasty.stuckWorkers("pve2")).isEqualTo(3);
      assertThat(get(hasty, "/nodes/pve1/disks/zfs", PATIENT).status()).isEqualTo(200);
    }
  }
}
