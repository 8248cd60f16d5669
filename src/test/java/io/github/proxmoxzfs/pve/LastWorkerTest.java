package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.pve.Call.Ending;
import io.github.proxmoxzfs.pve.NodeGate.Verdict;
import io.github.proxmoxzfs.pve.RequestLimits.Turn;
import io.github.proxmoxzfs.pve.RequestLimits.Wish;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import io.github.proxmoxzfs.time.InMemoryHttpClient;
import io.github.proxmoxzfs.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What might take a node its last worker, or leave it unasked for ever.
class LastWorkerTest {
  private static final String TANK = "/nodes/pve1/disks/zfs/tank";
  private static final String RPOOL = "/nodes/pve1/disks/zfs/rpool";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));
  private final NodeGate gate = new NodeGate("home", "pve1", 2);

  private void play(Runnable story) {
    time.play(
        () -> {
          story.run();
          return true;
        });
  }

  private void pass(Duration duration) {
    play(() -> time.pass(duration));
  }

  private Call begin(String path, boolean canary) {
    var call = new Call(Optional.of("pve1"), Work.ZFS, path, canary, time);
    gate.began(call);
    return call;
  }

  private void end(Call call, Ending ending) {
    gate.ended(call, ending, time.nanos(), time.instant());
  }

  private void hangs(String path, boolean canary) {
    Call call = begin(path, canary);
    pass(Duration.ofSeconds(30));
    end(call, Ending.LOST);
  }

  private void see(long uptime, String processor) {
    gate.seen(Optional.of(new Pulse(OptionalLong.of(uptime), List.of(processor))), time.nanos());
  }

  private Verdict verdict() {
    return gate.verdict(Work.ZFS, time.nanos());
  }

  /// pvestatd does not look at the hung pool: it goes on after the hang. Later it is slow once (a
  /// storage on the network), or the endpoint loses the cluster for a minute. That is no evidence,
  /// and two workers hang already: a canary would take the third.
  @Test
  void statisticsThatWentOnAfterTheHangAreNoEvidenceWhenTheyPauseLater() {
    see(1000, "0.1");
    hangs(TANK, false);
    hangs(TANK, true); // two workers hang for ever
    see(1060, "0.2");
    pass(Duration.ofSeconds(10));
    see(1070, "0.3");
    pass(Duration.ofSeconds(70));
    see(1070, "0.3");
    see(1140, "0.4");
    assertThat(verdict()).isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  void anAnswerForgivesOnlyThePoolThatHung() {
    see(1000, "0.1");
    Call one = begin(TANK, false);
    Call other = begin(RPOOL, false);
    pass(Duration.ofSeconds(30));
    end(one, Ending.LOST);
    end(other, Ending.LOST);
    see(1000, "0.1");
    pass(Duration.ofMinutes(2));
    see(1000, "0.1");
    see(1200, "0.2"); // moves again: one request tries
    assertThat(verdict()).isEqualTo(new Verdict.Canary(TANK));
    end(begin(TANK, true), Ending.ANSWERED);
    // The other pool's worker still hangs, and is counted no longer.
    assertThat(verdict()).isNotInstanceOf(Verdict.Go.class);
  }

  /// Another endpoint, or one that is behind, tells of the node as it was 10 seconds ago.
  @Test
  void anUptimeThatIsLongerThanTheHangIsNoRestart() {
    see(1_000_000, "0.1");
    hangs(TANK, false);
    hangs(TANK, true);
    see(999_990, "0.2");
    assertThat(verdict()).isInstanceOf(Verdict.Refuse.class);
  }

  /// The node's network fails for a minute while two zfs calls are under way: both end in a 596
  /// after 30 s. Nothing hangs there, but nothing ever shows it.
  @Test
  void aNodeThatWasOffTheNetworkForAMinuteIsAskedAgainSomeDay() {
    see(1000, "0.1");
    Call one = begin(TANK, false);
    Call other = begin(RPOOL, false);
    pass(Duration.ofSeconds(15));
    gate.offline(time.nanos());
    pass(Duration.ofSeconds(15));
    end(one, Ending.LOST);
    end(other, Ending.LOST);
    pass(Duration.ofSeconds(30));
    for (int scrape = 0; scrape < 100; scrape++) {
      see(1060 + scrape * 900, "0." + scrape);
      pass(Duration.ofMinutes(15));
    }
    assertThat(verdict()).isNotInstanceOf(Verdict.Refuse.class);
  }

  private static Wish zfs(String node) {
    return new Wish(Optional.of(node), Work.ZFS, node);
  }

  /// pve1's waiter knows of no call that will become slow when it begins to wait; those that begin
  /// later fill the cluster, and nobody wakes it when they become slow.
  @Test
  void whoWaitsIsWokenWhenCallsThatBeganLaterBecomeSlow() {
    var limits = new RequestLimits("home", 2, 2, time, _ -> {});
    var got = new ArrayList<Duration>();
    play(
        () -> {
          Call slow = given(limits, zfs("pve1"));
          time.pass(Duration.ofMillis(2500));
          time.start(
              "waiter",
              () -> {
                long began = time.nanos();
                Turn turn = limits.await(zfs("pve1"), Deadline.after(Duration.ofSeconds(9), time));
                assertThat(turn).isInstanceOf(Turn.Given.class);
                got.add(Duration.ofNanos(time.nanos() - began));
              });
          time.pass(Duration.ofMillis(500));
          given(limits, zfs("pve2"));
          given(limits, zfs("pve3"));
          time.pass(Duration.ofMillis(500));
          limits.end(slow, Ending.ANSWERED);
          time.pass(Duration.ofSeconds(20));
        });
    // Begun at 3 s, slow at 5 s: 2.5 s after the waiter came.
    assertThat(got).containsExactly(Duration.ofMillis(2500));
  }

  private Call given(RequestLimits limits, Wish wish) {
    return ((Turn.Given) limits.await(wish, Deadline.after(Duration.ofSeconds(9), time))).call();
  }

  /// The first endpoint is back, but refuses the credential (its clock is wrong, or it has not the
  /// newest tokens yet); the second one works.
  @Test
  void anEndpointThatRefusesUsIsNotReturnedTo() {
    var options = SimulatorOptions.defaults().withClock(time).withWaiting(time);
    try (var first = Simulator.start(SimulatedCluster.scenario(), options);
        var second = Simulator.start(SimulatedCluster.scenario(), options)) {
      var wire = new InMemoryHttpClient(time, first, second);
      var connection = SimulatedCluster.connection(SimulatedCluster.TOKEN, first, second);
      try (var client = new ProxmoxClient(connection, time, _ -> wire)) {
        play(
            () -> {
              assertThat(nodes(client)).isEmpty();
              wire.lose(first.endpoint().getAuthority());
              time.pass(Duration.ofSeconds(15));
              assertThat(nodes(client)).isEmpty();
              first.answer("/version", Answer.empty(401, "Authentication failed!"));
              first.answer("/nodes", Answer.empty(401, "Authentication failed!"));
              wire.restart(first.endpoint().getAuthority());
              for (int scrape = 0; scrape < 40; scrape++) {
                time.pass(Duration.ofSeconds(15));
                assertThat(nodes(client)).isEmpty();
              }
            });
      }
    }
  }

  private Optional<FailureReason> nodes(ProxmoxClient client) {
    return client.nodes(Deadline.after(Duration.ofSeconds(9), time)).failure();
  }

  /// One stuck, a canary and the time of day: all three workers.
  @Test
  void besideACanaryNothingElseIsAskedWhileOneIsStuck() {
    hangs(TANK, false);
    pass(NodeGate.FIRST_CANARY);
    begin(TANK, true);
    assertThat(gate.verdict(Work.ORDINARY, time.nanos())).isNotInstanceOf(Verdict.Go.class);
  }

  @Test
  void nothingBeginsAfterItsDeadline() {
    var limits = new RequestLimits("home", 2, 8, time, _ -> {});
    play(
        () ->
            assertThat(limits.await(zfs("pve1"), Deadline.after(Duration.ZERO, time)))
                .isInstanceOf(Turn.Refused.class));
  }
}
