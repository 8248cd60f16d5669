package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.Call.Ending;
import io.github.proxmoxzfs.pve.RequestLimits.Turn;
import io.github.proxmoxzfs.pve.RequestLimits.Wish;
import io.github.proxmoxzfs.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whose turn it is in a cluster, in a time that is played.
class TurnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(9);

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<String> begun = new ArrayList<>();

  private RequestLimits limits(int inFlight) {
    return new RequestLimits("home", 2, inFlight, time, call -> begun.add("canary " + call.path()));
  }

  private static Wish zfs(String node) {
    return new Wish(Optional.of(node), Work.ZFS, node);
  }

  private Turn await(RequestLimits limits, Wish wish) {
    return limits.await(wish, Deadline.after(PATIENCE, time));
  }

  private Call call(RequestLimits limits, Wish wish) {
    return ((Turn.Given) await(limits, wish)).call();
  }

  private Failed<?> refused(RequestLimits limits, Wish wish) {
    return ((Turn.Refused) await(limits, wish)).why();
  }

  /// Waits for a turn beside the caller, notes it, and gives it back at once.
  private void enqueue(RequestLimits limits, Wish wish) {
    time.start(
        wish.path(),
        () -> {
          Call call = call(limits, wish);
          begun.add(wish.path());
          limits.end(call, Ending.ANSWERED);
        });
    time.pass(Duration.ofNanos(1));
  }

  private void play(Runnable story) {
    time.play(
        () -> {
          story.run();
          return true;
        });
  }

  @Test
  void nodesThatAnsweredWellGoFirstAndTheListOfNodesBeforeAll() {
    var limits = limits(1);
    play(
        () -> {
          limits.end(call(limits, zfs("well")), Ending.ANSWERED);
          limits.end(call(limits, zfs("bad")), Ending.LOST);
          Call running = call(limits, zfs("running"));
          enqueue(limits, zfs("bad"));
          enqueue(limits, zfs("new"));
          enqueue(limits, zfs("well"));
          enqueue(limits, new Wish(Optional.empty(), Work.ORDINARY, "list"));
          limits.end(running, Ending.ANSWERED);
          time.pass(Duration.ofSeconds(1));
        });
    assertThat(begun).containsExactly("list", "well", "new", "bad");
  }

  @Test
  void hungNodesLeaveTheirPlacesInTheClusterToOthersAfterAMoment() {
    var limits = limits(2);
    play(
        () -> {
          call(limits, zfs("hung1"));
          call(limits, zfs("hung2"));
          long began = time.nanos();
          for (int node = 0; node < 30; node++) {
            limits.end(call(limits, zfs("well" + node)), Ending.ANSWERED);
          }
          assertThat(Duration.ofNanos(time.nanos() - began)).isEqualTo(NodeGate.SLOW);
        });
  }

  @Test
  void theReasonSaysWhetherTheNodeOrTheClusterTookAllTheTime() {
    var limits = limits(3);
    play(
        () -> {
          call(limits, zfs("hung"));
          time.pass(NodeGate.SLOW);
          assertThat(refused(limits, zfs("hung")).reason()).isEqualTo(FailureReason.TIMED_OUT);
        });
    var full = limits(1);
    play(
        () -> {
          // A cluster whose calls all end just before they count as slow.
          for (String others : List.of("some", "others")) {
            time.start(
                others,
                () -> {
                  for (int call = 0; call < 10; call++) {
                    Call other = call(full, new Wish(Optional.empty(), Work.ORDINARY, "list"));
                    time.pass(Duration.ofMillis(1900));
                    full.end(other, Ending.ANSWERED);
                  }
                });
          }
          time.pass(Duration.ofMillis(1));
          assertThat(refused(full, zfs("any")).reason()).isEqualTo(FailureReason.NOT_ASKED);
        });
  }

  @Test
  void whoWaitsForANodeThatBecomesUnresponsiveIsToldAtOnce() {
    var limits = limits(8);
    play(
        () -> {
          Call hung = call(limits, zfs("pve1"));
          time.pass(Duration.ofSeconds(28));
          time.start(
              "end",
              () -> {
                time.pass(Duration.ofSeconds(2));
                limits.end(hung, Ending.LOST);
              });
          long began = time.nanos();
          Failed<?> why = refused(limits, zfs("pve1"));
          assertThat(why.reason()).isEqualTo(FailureReason.STUCK);
          assertThat(why.detail())
              .isEqualTo(
                  "The node pve1 is not asked: zfs requests of ours hang there since"
                      + " 2026-11-22T12:00:30Z, and 1 of its API workers with them; a pool of it may"
                      + " be suspended.");
          assertThat(Duration.ofNanos(time.nanos() - began)).isEqualTo(Duration.ofSeconds(2));
        });
  }

  @Test
  void whoAsksWhenACanaryIsDueWaitsForItAMoment() {
    var limits = limits(8);
    play(
        () -> {
          Call hung = call(limits, zfs("pve1"));
          time.pass(Duration.ofSeconds(30));
          limits.end(hung, Ending.LOST);
          time.pass(NodeGate.FIRST_CANARY);
          long began = time.nanos();
          assertThat(refused(limits, zfs("pve1")).reason()).isEqualTo(FailureReason.STUCK);
          assertThat(Duration.ofNanos(time.nanos() - began)).isEqualTo(NodeGate.SLOW);
        });
    assertThat(begun).containsExactly("canary pve1");
  }

  @Test
  void whoeverWaitsAtTheEndIsToldSo() {
    var limits = limits(1);
    play(
        () -> {
          call(limits, zfs("pve1"));
          time.start("end", limits::close);
          assertThat(refused(limits, zfs("pve2")).detail()).isEqualTo("The exporter is ending.");
        });
  }
}
