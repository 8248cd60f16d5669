package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Responsiveness;
import io.github.proxmoxzfs.pve.Call.Ending;
import io.github.proxmoxzfs.pve.NodeGate.Verdict;
import io.github.proxmoxzfs.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeGateTest {
  private static final String TANK = "/nodes/pve1/disks/zfs/tank";
  private static final String RPOOL = "/nodes/pve1/disks/zfs/rpool";
  private static final boolean ZFS = true;
  private static final boolean OTHER = false;

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));
  private NodeGate gate = new NodeGate("home", "pve1", 2);

  private void pass(Duration duration) {
    time.play(
        () -> {
          time.pass(duration);
          return true;
        });
  }

  private Call begin(boolean zfs, String path, boolean canary) {
    var call = new Call(Optional.of("pve1"), Work.of(zfs), path, canary, time);
    gate.began(call);
    return call;
  }

  private Call begin(String path) {
    return begin(ZFS, path, false);
  }

  private void end(Call call, Ending ending) {
    gate.ended(call, ending, time.nanos(), time.instant());
  }

  private Class<?> verdict(boolean zfs) {
    return gate.verdict(Work.of(zfs), time.nanos()).getClass();
  }

  private void hangs(String path) {
    Call call = begin(path);
    pass(Duration.ofSeconds(30));
    end(call, Ending.LOST);
  }

  private int stuck() {
    return gate.responsiveness().stuckRequests();
  }

  private void see(long uptime, String processor) {
    gate.seen(Optional.of(new Pulse(OptionalLong.of(uptime), List.of(processor))), time.nanos());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void soManyAreInService(int perNode) {
    gate = new NodeGate("home", "pve1", perNode);
    for (int call = 0; call < perNode; call++) {
      assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
      begin(TANK);
    }
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Wait.class);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Wait.class);
  }

  @Test
  void noOtherZfsCallIsBegunWhileOneIsUnansweredForTwoSeconds() {
    Call slow = begin(TANK);
    pass(Duration.ofMillis(1999));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
    pass(Duration.ofMillis(1));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Wait.class);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Go.class);
    end(slow, Ending.ANSWERED);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void aCallThatIsLostAfterLongIsStuckAndItsSlotIsNotGivenBack() {
    hangs(TANK);
    assertThat(gate.responsiveness())
        .isEqualTo(new Responsiveness(1, Optional.of(Instant.parse("2026-11-22T12:00:30Z"))));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Go.class);
    begin(OTHER, "/nodes/pve1/time", false);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Wait.class);
  }

  @Test
  void whereOneRequestIsAllowedNothingIsAskedBesideAStuckOne() {
    gate = new NodeGate("home", "pve1", 1);
    hangs(TANK);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Refuse.class);
  }

  @Test
  void aCallThatIsLostAtOnceIsAFaultOfItsConnection() {
    Call call = begin(TANK);
    pass(NodeGate.STUCK_AFTER.minusMillis(1));
    end(call, Ending.LOST);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @ParameterizedTest
  @EnumSource(names = {"ANSWERED", "NOT_SERVED"})
  void whatEndedOtherwiseIsNotStuckHoweverLongItTook(Ending ending) {
    Call call = begin(TANK);
    pass(Duration.ofSeconds(50));
    end(call, ending);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void whatDoesNotRunZpoolIsNeverStuck() {
    Call call = begin(OTHER, "/nodes/pve1/time", false);
    pass(Duration.ofSeconds(50));
    end(call, Ending.LOST);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void aCanaryAsksWhatHungAfterTenMinutesAndOnlyOneAtATime() {
    hangs(TANK);
    pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
    pass(Duration.ofMillis(1));
    assertThat(gate.verdict(Work.of(ZFS), time.nanos())).isEqualTo(new Verdict.Canary(TANK));
    Call canary = begin(ZFS, TANK, true);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Wait.class);
    pass(NodeGate.SLOW);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
    end(canary, Ending.ANSWERED);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void whereTwoAreStuckThereIsNoCanary() {
    hangs(TANK);
    pass(NodeGate.FIRST_CANARY);
    Call canary = begin(ZFS, TANK, true);
    pass(Duration.ofSeconds(30));
    end(canary, Ending.LOST);
    assertThat(stuck()).isEqualTo(2);
    pass(Duration.ofDays(7));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Refuse.class);
  }

  @Test
  void twoThatHungTogetherLeaveNoRoomForACanary() {
    Call one = begin(TANK);
    Call other = begin(RPOOL);
    pass(Duration.ofSeconds(30));
    end(one, Ending.LOST);
    end(other, Ending.LOST);
    assertThat(stuck()).isEqualTo(2);
    pass(Duration.ofDays(7));
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
  }

  @Test
  void canariesThatNeverReachTheNodeBecomeRarer() {
    hangs(TANK);
    Duration pause = NodeGate.FIRST_CANARY;
    for (long minutes : new long[] {10, 20, 40, 80, 160, 320, 360, 360}) {
      assertThat(pause).isEqualTo(Duration.ofMinutes(minutes));
      pass(pause.minusNanos(1));
      assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
      pass(Duration.ofNanos(1));
      assertThat(verdict(ZFS)).isEqualTo(Verdict.Canary.class);
      end(begin(ZFS, TANK, true), Ending.NOT_SERVED);
      pause = Duration.ofMinutes(Math.min(2 * minutes, 360));
    }
    assertThat(stuck()).isEqualTo(1);
  }

  @Test
  void theAnswerOfAnotherPoolIsNoEvidence() {
    Call healthy = begin(RPOOL);
    Call hung = begin(TANK);
    pass(Duration.ofSeconds(30));
    end(hung, Ending.LOST);
    end(healthy, Ending.ANSWERED);
    assertThat(stuck()).isEqualTo(1);
  }

  @Test
  void aRestartForgivesAtOnceWhatHungAndWhatIsUnderWay() {
    see(1000, "0.1");
    hangs(TANK);
    Call canary = begin(ZFS, TANK, true);
    pass(Duration.ofMinutes(1));
    see(12, "0.9");
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
    end(canary, Ending.LOST);
    assertThat(stuck()).isZero();
  }

  @Test
  void aRestartIsSeenThoughTheUptimeStoodStillAtASmallerOne() {
    see(40, "0.5"); // it hangs soon after its start, and pvestatd with it
    hangs(TANK);
    hangs("/nodes/pve1/disks/zfs/media");
    for (int hours = 0; hours < 3; hours++) {
      pass(Duration.ofHours(1));
      see(40, "0.5");
    }
    assertThat(stuck()).isEqualTo(2);
    gate.offline(time.nanos());
    pass(Duration.ofMinutes(2));
    see(60, "0.1");
    pass(Duration.ofSeconds(15));
    see(75, "0.2");
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void anUptimeThatWentOnWhileItStoodStillIsNoRestart() {
    see(40, "0.5");
    hangs(TANK);
    pass(Duration.ofHours(3));
    see(40, "0.5");
    pass(Duration.ofSeconds(15));
    see(40 + 3 * 3600 + 40, "0.1");
    pass(Duration.ofSeconds(15));
    see(40 + 3 * 3600 + 55, "0.2");
    assertThat(gate.responsiveness().unresponsiveSince()).isPresent();
  }

  @Test
  void statisticsThatMoveAgainLetOneRequestTryAtOnce() {
    see(1000, "0.1");
    hangs(TANK);
    hangs(TANK); // as a canary would
    see(1000, "0.1");
    pass(PulseWatch.STILL);
    see(1000, "0.1");
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Refuse.class);
    see(1130, "0.2");
    assertThat(stuck()).isZero();
    assertThat(gate.responsiveness().unresponsiveSince()).isPresent();
    assertThat(gate.verdict(Work.of(ZFS), time.nanos())).isEqualTo(new Verdict.Canary(TANK));
    end(begin(ZFS, TANK, true), Ending.ANSWERED);
    assertThat(gate.responsiveness()).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void aReloadLetsOneRequestTryAtOnceThoughTwoAreStuck() {
    Call first = begin(TANK);
    Call second = begin(RPOOL);
    pass(Duration.ofSeconds(30));
    end(first, Ending.LOST);
    end(second, Ending.LOST);
    assertThat(stuck()).isEqualTo(2);
    assertThat(verdict(ZFS)).isEqualTo(NodeGate.Verdict.Refuse.class);

    gate.tryAgain(time.nanos());
    assertThat(stuck()).isZero();
    assertThat(verdict(ZFS)).isEqualTo(NodeGate.Verdict.Canary.class);
    Call canary = begin(ZFS, TANK, true);
    pass(Duration.ofSeconds(30));
    assertThat(verdict(ZFS)).isEqualTo(NodeGate.Verdict.Refuse.class);
    end(canary, Ending.LOST);
    assertThat(stuck()).isEqualTo(1);
    assertThat(gate.isUnresponsive()).isTrue();
  }

  @Test
  void aReloadChangesNothingOnANodeThatAnswers() {
    begin(TANK);
    gate.tryAgain(time.nanos());
    assertThat(gate.isUnresponsive()).isFalse();
    assertThat(verdict(ZFS)).isEqualTo(NodeGate.Verdict.Go.class);
    gate.allow(1);
    assertThat(verdict(ZFS)).isEqualTo(NodeGate.Verdict.Wait.class);
  }

  @Test
  void statisticsThatNeverStoodStillAreNoEvidence() {
    for (int uptime = 1000; uptime < 1100; uptime += 10) {
      see(uptime, "0.1");
      pass(Duration.ofSeconds(10));
    }
    hangs(TANK);
    see(1140, "0.3");
    assertThat(stuck()).isEqualTo(1);
  }

  @Test
  void aNodeWithoutStatisticsStandsStill() {
    see(1000, "0.1");
    hangs(TANK);
    pass(Duration.ofMinutes(6));
    gate.seen(Optional.empty(), time.nanos());
    see(2000, "0.2");
    assertThat(stuck()).isZero();
  }

  @Test
  void aNodeThatWasOfflineDidNotStandStill() {
    see(1000, "0.1");
    hangs(TANK);
    pass(Duration.ofMinutes(6));
    gate.offline(time.nanos());
    see(2000, "0.2");
    assertThat(stuck()).isEqualTo(1);
  }

  @Test
  void thoseThatAnsweredWellAreBeforeUnknownOnesAndThoseBeforeSlowOnes() {
    assertThat(gate.rank()).isEqualTo(1);
    end(begin(TANK), Ending.ANSWERED);
    assertThat(gate.rank()).isZero();
    Call slow = begin(TANK);
    pass(NodeGate.SLOW);
    end(slow, Ending.ANSWERED);
    assertThat(gate.rank()).isEqualTo(2);
  }

  private Call beginSmart() {
    var call =
        new Call(
            Optional.of("pve1"), Work.SMART, "/nodes/pve1/disks/smart?disk=/dev/sda", false, time);
    gate.began(call);
    return call;
  }

  private Class<?> smartVerdict() {
    return gate.verdict(Work.SMART, time.nanos()).getClass();
  }

  @Test
  void smartIsAskedOneAtATimeAndBesideNothingElse() {
    Call zfs = begin(TANK);
    assertThat(smartVerdict()).isEqualTo(Verdict.Wait.class);
    end(zfs, Ending.ANSWERED);
    beginSmart();
    assertThat(smartVerdict()).isEqualTo(Verdict.Wait.class);
    assertThat(verdict(ZFS)).isEqualTo(Verdict.Go.class);
  }

  @Test
  void aRequestForSmartThatNeverEndedKeepsItsSlotUntilARestart() {
    see(100_000, "0.4");
    Call smart = beginSmart();
    pass(Duration.ofSeconds(35));
    end(smart, Ending.LOST);
    assertThat(stuck()).isEqualTo(1);
    assertThat(smartVerdict()).isEqualTo(Verdict.Refuse.class);
    Call zfs = begin(TANK);
    assertThat(verdict(OTHER)).isEqualTo(Verdict.Wait.class);
    end(zfs, Ending.ANSWERED);
    pass(Duration.ofMinutes(10));
    gate.offline(time.nanos());
    assertThat(smartVerdict()).isEqualTo(Verdict.Refuse.class);
    pass(Duration.ofMinutes(3));
    see(20, "0.5");
    assertThat(smartVerdict()).isEqualTo(Verdict.Go.class);
  }

  /// As when a switch fails: the node goes on, and no restart would ever forgive it.
  @Test
  void aRequestForSmartThatWasLostWithTheNodesNetworkIsNoHang() {
    Call smart = beginSmart();
    pass(Duration.ofSeconds(35));
    end(smart, Ending.LOST);
    pass(Duration.ofMinutes(1));
    gate.offline(time.nanos());
    assertThat(stuck()).isZero();
    assertThat(smartVerdict()).isEqualTo(Verdict.Go.class);

    Call another = beginSmart();
    gate.offline(time.nanos());
    pass(Duration.ofSeconds(35));
    end(another, Ending.LOST);
    assertThat(stuck()).isZero();
  }

  /// As when pveproxy is restarted: a disk that takes its ten seconds is none that hangs.
  @Test
  void whereWeLostSightOfARequestForSmartADiskTriesAgainLater() {
    Call smart = beginSmart();
    pass(Duration.ofSeconds(5));
    end(smart, Ending.ABANDONED);
    assertThat(stuck()).isEqualTo(1);
    pass(NodeGate.FIRST_CANARY.minusSeconds(1));
    assertThat(smartVerdict()).isEqualTo(Verdict.Refuse.class);
    pass(Duration.ofSeconds(1));
    assertThat(smartVerdict()).isEqualTo(Verdict.Go.class);
    Call second = beginSmart();
    assertThat(verdict(ZFS)).as("pools do not wait for it").isEqualTo(Verdict.Go.class);
    end(second, Ending.ABANDONED);
    pass(NodeGate.FIRST_CANARY);
    assertThat(smartVerdict()).isEqualTo(Verdict.Refuse.class);
    pass(NodeGate.FIRST_CANARY);
    end(beginSmart(), Ending.ANSWERED);
    assertThat(stuck()).isZero();
    assertThat(smartVerdict()).isEqualTo(Verdict.Go.class);
  }

  @Test
  void whoReloadsForgivesARequestForSmart() {
    Call smart = beginSmart();
    pass(Duration.ofSeconds(35));
    end(smart, Ending.LOST);
    gate.tryAgain(time.nanos());
    assertThat(stuck()).isZero();
    assertThat(smartVerdict()).isEqualTo(Verdict.Go.class);
  }
}
