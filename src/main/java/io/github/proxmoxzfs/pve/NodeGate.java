package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Responsiveness;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides which requests a node can bear. Its API has three workers for everybody, and `zpool` has
/// no time limit: on a suspended pool a call may hang for ever, and its worker with it, whether we
/// wait or not.
///
/// So few requests are in service at a time; none for zfs is begun while another goes unanswered;
/// one that never ended counts as a stuck worker, and is not repeated but by a canary now and then.
/// Stuck workers are forgiven on evidence only. State without locks of its own.
final class NodeGate {
  /// A zfs call that is unanswered for so long holds back others.
  static final Duration SLOW = Duration.ofSeconds(2);

  /// A zfs call that is lost after so long may hang on the node: pveproxy gives up after 30
  /// seconds, while a 596 at once is a certificate or connection fault.
  static final Duration STUCK_AFTER = Duration.ofSeconds(25);

  static final Duration FIRST_CANARY = Duration.ofMinutes(10);
  static final Duration RAREST_CANARY = Duration.ofHours(6);

  /// With two of three workers stuck the last one is everybody's.
  static final int MOST_STUCK = 2;

  private static final System.Logger LOG = System.getLogger(NodeGate.class.getName());

  /// What becomes of a request now.
  sealed interface Verdict {
    /// It may begin.
    record Go() implements Verdict {}

    /// It may begin later.
    record Wait() implements Verdict {}

    /// First another is to begin, which tries whether the node answers again.
    ///
    /// @param path what it asks: the very question that hung, since another might be answered while
    ///   that one still hangs
    record Canary(String path) implements Verdict {}

    /// It is not to be asked.
    record Refuse(Failed<?> why) implements Verdict {}
  }

  private final String cluster;
  private final String node;
  private final int perNode;
  private final List<Call> running = new ArrayList<>();
  private final PulseWatch pulse = new PulseWatch();

  private int stuck;
  private final Set<String> stuckPaths = new LinkedHashSet<>();
  private Optional<Instant> unresponsiveSince = Optional.empty();
  private long canaryAtNanos;
  private Duration canaryPause = FIRST_CANARY;
  private Optional<Boolean> answeredWell = Optional.empty();

  /// @param perNode how many requests may be in service at a time, 1 or 2
  NodeGate(String cluster, String node, int perNode) {
    this.cluster = cluster;
    this.node = node;
    this.perNode = perNode;
  }

  /// What becomes of a request.
  ///
  /// @param zfs whether the node runs `zpool` for it
  Verdict verdict(boolean zfs, long nowNanos) {
    if (unresponsiveSince.isPresent()) {
      return zfs ? zfsVerdictWhileUnresponsive(nowNanos) : otherVerdict(perNode - stuck);
    }
    if (zfs && running.stream().anyMatch(call -> call.isZfs() && isSlow(call, nowNanos))) {
      return new Verdict.Wait();
    }
    return otherVerdict(perNode);
  }

  /// A canary counts against the two that may be stuck, not against the slots.
  private Verdict zfsVerdictWhileUnresponsive(long nowNanos) {
    Optional<Call> canary = running.stream().filter(Call::isCanary).findAny();
    if (canary.isPresent()) { // soon it is known
      return isSlow(canary.get(), nowNanos) ? refusal() : new Verdict.Wait();
    }
    boolean due =
        stuck < MOST_STUCK
            && nowNanos - canaryAtNanos >= 0
            && running.stream().noneMatch(Call::isZfs);
    return due ? new Verdict.Canary(stuckPaths.iterator().next()) : refusal();
  }

  private Verdict otherVerdict(int slots) {
    if (slots <= 0) {
      return refusal();
    }
    long inService = running.stream().filter(call -> !call.isCanary()).count();
    return inService < slots ? new Verdict.Go() : new Verdict.Wait();
  }

  private Verdict refusal() {
    return new Verdict.Refuse(
        new Failed<>(
            FailureReason.STUCK,
            "The node %s is not asked: %d of its API workers hang in zfs requests of ours, since %s; a pool of it may be suspended."
                .formatted(node, stuck, unresponsiveSince.map(Instant::toString).orElse("now"))));
  }

  /// How soon the node's requests shall have their turn; lower is sooner. Nodes that answered well
  /// go first, so that hung ones never starve the rest.
  int rank() {
    return answeredWell.map(well -> well ? 0 : 2).orElse(1);
  }

  void began(Call call) {
    running.add(call);
    if (call.isCanary()) {
      canaryPause = doubled(canaryPause);
      LOG.log(Level.INFO, "Trying whether the node answers again.", fields());
    }
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(RAREST_CANARY) < 0 ? twice : RAREST_CANARY;
  }

  /// Takes note of a call's end.
  ///
  /// @param clock our clock
  void ended(Call call, Call.Ending ending, long nowNanos, Instant clock) {
    boolean known = running.remove(call);
    if (!call.isZfs() || !known) {
      return;
    }
    long tookNanos = nowNanos - call.begunNanos();
    answeredWell = Optional.of(ending == Call.Ending.ANSWERED && tookNanos < SLOW.toNanos());
    switch (ending) {
      case ANSWERED -> {
        if (stuckPaths.contains(call.path())) {
          forgive("it answered");
        }
      }
      case LOST -> {
        if (tookNanos >= STUCK_AFTER.toNanos()) {
          stuck(call, nowNanos, clock);
        }
      }
      case NOT_SERVED -> {}
    }
    if (call.isCanary()) {
      canaryAtNanos = nowNanos + canaryPause.toNanos();
    }
  }

  private void stuck(Call call, long nowNanos, Instant clock) {
    stuck++;
    stuckPaths.add(call.path());
    if (unresponsiveSince.isEmpty()) {
      unresponsiveSince = Optional.of(clock);
      canaryPause = FIRST_CANARY;
      canaryAtNanos = nowNanos + canaryPause.toNanos();
    }
    LOG.log(
        Level.WARNING,
        "A zfs request never ended; the node is unresponsive.",
        fields("path", call.path(), "stuck_requests", stuck));
  }

  /// Takes note of the node's row in the cluster's list.
  ///
  /// @param shown the node's statistics; empty where the cluster has none
  void seen(Optional<Pulse> shown, long nowNanos) {
    switch (pulse.seen(shown, nowNanos)) {
      case NOTHING -> {}
      case RESTARTED -> {
        forgive("it was restarted");
        running.removeIf(Call::isZfs); // what was under way ended with its workers
      }
      case MOVED -> {
        if (unresponsiveSince.isPresent()) {
          // Evidence, but not of zfs itself: one request tries it before all do.
          stuck = 0;
          canaryAtNanos = nowNanos;
          canaryPause = FIRST_CANARY;
          LOG.log(Level.INFO, "The node's statistics move again.", fields());
        }
      }
    }
  }

  /// Takes note that the cluster counts the node as offline.
  void offline() {
    pulse.offline();
  }

  private void forgive(String evidence) {
    if (unresponsiveSince.isPresent()) {
      LOG.log(Level.INFO, "The node is responsive again.", fields("evidence", evidence));
    }
    stuck = 0;
    stuckPaths.clear();
    unresponsiveSince = Optional.empty();
  }

  /// Whether requests are refused rather than left to wait.
  boolean isUnresponsive() {
    return unresponsiveSince.isPresent();
  }

  Responsiveness responsiveness() {
    return new Responsiveness(stuck, unresponsiveSince);
  }

  private static boolean isSlow(Call call, long nowNanos) {
    return nowNanos - call.begunNanos() >= SLOW.toNanos();
  }

  private Object[] fields(Object... more) {
    List<Object> fields = new ArrayList<>(List.of("cluster", cluster, "node", node));
    fields.addAll(List.of(more));
    return fields.toArray();
  }
}
