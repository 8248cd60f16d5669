package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.connection;
import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketSessionTest {
  private static final String LOGIN = "/access/ticket";

  private final VirtualClock clock = new VirtualClock();
  private final Simulator simulator =
      Simulator.start(SimulatedCluster.scenario(), SimulatorOptions.forTests().withClock(clock));
  private ProxmoxClient client =
      new ProxmoxClient(connection(SimulatedCluster.PASSWORD, simulator), clock);

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void thePasswordIsSentOnceInTheBody() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    assertThat(logins()).isEqualTo(1);
    ReceivedRequest login = simulator.requests().getFirst();
    assertThat(login.method()).isEqualTo("POST");
    assertThat(login.target()).isEqualTo("/api2/json/access/ticket");
    assertThat(login.body()).isEqualTo("username=monitor%40pve&password=monitor-password");
    assertThat(login.header("content-length")).contains("48");
    assertThat(login.header("cookie")).isEmpty();
    assertThat(simulator.requests().getLast().header("cookie").orElseThrow())
        .startsWith("PVEAuthCookie=PVE%3Amonitor%40pve%3A");
  }

  @Test
  void aPasswordOfAnyCharactersWorks() {
    String password = "a;b=c&d+e f%41ü\"'<";
    simulator.access(simulator.access().withUser("odd user@pve", password, false));
    use(new Credential.Password("odd user@pve", new Secret(password)));
    assertThat(client.nodes(soon()).failure()).isEmpty();
  }

  @Test
  void aTicketIsRenewedBeforeHalfItsLife() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    clock.advance(Duration.ofMinutes(49));
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(logins()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(client.nodes(soon()).failure()).isEmpty();
    await(() -> logins() == 2);
    clock.advance(Duration.ofMinutes(40));
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(logins()).isEqualTo(2);
  }

  @Test
  void anOldTicketIsUsedWhileThereIsNoNewOne() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    simulator.refuseLogins();
    clock.advance(Duration.ofMinutes(60));
    for (int i = 0; i < 5; i++) {
      assertThat(client.nodes(soon()).failure()).isEmpty();
    }
    await(() -> logins() == 2);
    clock.advance(Duration.ofMinutes(56));
    assertThat(client.nodes(soon()).failure()).contains(FailureReason.UNAUTHORIZED);
  }

  @Test
  void anExpiredTicketIsNotSent() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    clock.advance(Duration.ofHours(3));
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(logins()).isEqualTo(2);
    assertThat(simulator.requestCount("/nodes")).isEqualTo(2);
  }

  @Test
  void aRevokedTicketIsReplacedAtOnceAndTheCallRepeated() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    simulator.revokeTickets();
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(logins()).isEqualTo(2);
    assertThat(simulator.requestCount("/nodes")).isEqualTo(3);
  }

  @Test
  void fiftyWaitingCallsCauseOneLogin() throws Exception {
    List<Reading<?>> readings = atOnce(50, () -> client.pools("pve1", soon()));
    assertThat(readings).allSatisfy(reading -> assertThat(reading.failure()).isEmpty());
    assertThat(logins()).isEqualTo(1);
  }

  @Test
  void fiftyRefusedCallsCauseOneRenewal() throws Exception {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    simulator.revokeTickets();
    List<Reading<?>> readings = atOnce(50, () -> client.pools("pve2", soon()));
    assertThat(readings).allSatisfy(reading -> assertThat(reading.failure()).isEmpty());
    assertThat(logins()).isEqualTo(2);
  }

  @Test
  void refusedLoginsAreHeldBackLongerEachTime() {
    simulator.refuseLogins();
    long expected = 0;
    for (int seconds : List.of(30, 60, 120, 240, 480, 600, 600)) {
      expected++;
      assertHeldAfterOneLogin(expected);
      clock.advance(Duration.ofSeconds(seconds - 1));
      assertHeldAfterOneLogin(expected);
      clock.advance(Duration.ofSeconds(1));
    }
    simulator.restore(LOGIN);
    assertThat(client.nodes(soon()).failure()).isEmpty();
  }

  private void assertHeldAfterOneLogin(long expectedLogins) {
    for (int i = 0; i < 3; i++) {
      assertThat(client.nodes(soon()))
          .isEqualTo(
              new Failed<>(
                  FailureReason.UNAUTHORIZED,
                  "The login of monitor@pve was refused: Proxmox refused the credential:"
                      + " authentication failure."));
    }
    assertThat(logins()).isEqualTo(expectedLogins);
  }

  @Test
  void aWrongPasswordIsRefused() {
    use(new Credential.Password(Credentials.MONITOR_USER, new Secret("wrong")));
    assertThat(client.nodes(soon()).failure()).contains(FailureReason.UNAUTHORIZED);
  }

  @Test
  void aSecondFactorAsksForAToken() {
    use(new Credential.Password(Credentials.TFA_USER, new Secret(Credentials.TFA_PASSWORD)));
    for (int i = 0; i < 3; i++) {
      assertThat(client.nodes(soon()))
          .isEqualTo(
              new Failed<>(
                  FailureReason.UNAUTHORIZED,
                  "The user tfa@pve has a second factor, which cannot be given here. Create an API"
                      + " token for this user: tokens need no second factor."));
    }
    assertThat(logins()).isEqualTo(1);
  }

  @Test
  void aLoginThatWasNotDecidedIsTriedAgainSoon() {
    simulator.answer(LOGIN, Answer.empty(500, "RPCEnvironment init request failed"));
    for (int i = 0; i < 3; i++) {
      assertThat(client.nodes(soon()))
          .isEqualTo(
              new Failed<>(
                  FailureReason.API_ERROR, "Logging in: Proxmox answered 500 without a message."));
    }
    assertThat(logins()).isEqualTo(1);
    simulator.restore(LOGIN);
    clock.advance(Duration.ofSeconds(5));
    assertThat(client.nodes(soon()).failure()).isEmpty();
  }

  @Test
  void anAnswerWithoutATicketIsMalformed() {
    simulator.answer(LOGIN, Answer.json("{\"data\":{\"username\":\"monitor@pve\"}}"));
    assertThat(client.nodes(soon()))
        .isEqualTo(
            new Failed<>(FailureReason.MALFORMED, "Logging in: the answer holds no ticket."));
  }

  @Test
  void anEchoedPasswordIsNotShown() {
    simulator.answer(LOGIN, Answer.error(401, "monitor-password is wrong"));
    assertThat(((Failed<?>) client.nodes(soon())).detail()).contains("*** is wrong");
  }

  @Test
  void aLoginGoesOnForTheOthersWhenTheFirstOnesDeadlinePasses() throws Exception {
    var asked = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    simulator.answer(
        LOGIN,
        _ -> {
          asked.countDown();
          waitFor(answered);
          return Answer.json("{\"data\":{\"ticket\":\"PVE:monitor@pve:X\"}}");
        });
    simulator.answer("/nodes", Answer.json("{\"data\":[]}"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Reading<?>> first =
          threads.submit(() -> client.nodes(Deadline.after(Duration.ofMillis(300))));
      asked.await();
      Future<Reading<?>> second = threads.submit(() -> client.nodes(soon()));
      assertThat(first.get().failure()).contains(FailureReason.TIMED_OUT);
      answered.countDown();
      // The made-up ticket is refused, but it was had: the call was made with it.
      assertThat(second.get().failure()).contains(FailureReason.UNAUTHORIZED);
      assertThat(simulator.requestCount("/nodes")).isPositive();
    }
  }

  @Test
  void aNodeThatRefusesNewTicketsIsHeldBackAndTheOthersAreNot() {
    simulator.answer("/nodes/pve2/disks/zfs", Answer.empty(401, "Authentication failed!"));
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    for (int i = 0; i < 5; i++) {
      assertThat(client.pools("pve2", soon()))
          .isEqualTo(
              new Failed<>(
                  FailureReason.UNAUTHORIZED,
                  "Proxmox refused a new ticket; are the clocks of its nodes right?"));
      assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    }
    assertThat(logins()).isEqualTo(2);
    assertThat(simulator.requestCount("/nodes/pve2/disks/zfs")).isEqualTo(2);
    simulator.restore("/nodes/pve2/disks/zfs");
    clock.advance(Duration.ofSeconds(30));
    assertThat(client.pools("pve2", soon()).failure()).isEmpty();
  }

  @Test
  void aTicketThatOneNodeRefusesServesTheOthersWhileThereIsNoNewOne() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    simulator.refuseLogins();
    simulator.answer("/nodes/pve2/disks/zfs", Answer.empty(401, "Authentication failed!"));
    assertThat(client.pools("pve2", soon()).failure()).contains(FailureReason.UNAUTHORIZED);
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
  }

  @Test
  void aRefusedTokenIsHeldBackToo() {
    use(new Credential.Token("monitor@pve!exporter", new Secret("00000000-0000-0000")));
    for (int i = 0; i < 5; i++) {
      assertThat(client.nodes(soon()))
          .isEqualTo(
              new Failed<>(
                  FailureReason.UNAUTHORIZED,
                  "Proxmox refused the API token: its id or secret is wrong, or it or its user is"
                      + " expired or disabled."));
      assertThat(client.pools("pve1", soon()).failure()).contains(FailureReason.UNAUTHORIZED);
    }
    assertThat(simulator.requests()).hasSize(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(client.nodes(soon()).failure()).contains(FailureReason.UNAUTHORIZED);
    assertThat(simulator.requests()).hasSize(2);
  }

  private void use(Credential credential) {
    client.close();
    client = new ProxmoxClient(connection(credential, simulator), clock);
  }

  private long logins() {
    return simulator.requestCount(LOGIN);
  }

  private static List<Reading<?>> atOnce(int calls, Callable<Reading<?>> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Reading<?>> readings = new ArrayList<>();
      for (Future<Reading<?>> future :
          threads.invokeAll(java.util.Collections.nCopies(calls, call))) {
        readings.add(future.get());
      }
      return readings;
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for something that happens in the background.
  private static void await(BooleanSupplier condition) {
    Deadline deadline = soon();
    while (!condition.getAsBoolean()) {
      assertThat(deadline.left()).isPositive();
      Thread.onSpinWait();
    }
  }
}
