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
  /// seconds, while a 596 at once is a certificate or connection fault. The same holds for SMART.
  static final Duration STUCK_AFTER = Duration.ofSeconds(25);

  static final Duration FIRST_CANARY = Duration.ofMinutes(10);
  static final Duration RAREST_CANARY = Duration.ofHours(6);

  /// With two of three workers stuck the last one is everybody's.
  static final int MOST_STUCK = 2;

  /// pvestatd's period (pve-manager `PVE/Service/pvestatd.pm`), with what it may still have
  /// written.
  private static final Duration PULSE_PERIOD = Duration.ofSeconds(10);

  private static final int MOVEMENTS_THAT_SHOW_INDIFFERENCE = 2;

  /// How long after a request was lost the cluster may take to count its node as offline.
  private static final Duration OUTAGE_SEEN = Duration.ofMinutes(2);

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
  private int perNode;
  private final List<Call> running = new ArrayList<>();
  private final PulseWatch pulse = new PulseWatch();

  private final List<Stuck> stuck = new ArrayList<>();

  /// What hung and was not answered since, the one to be tried next first; empty while all is well.
  private final Set<String> hung = new LinkedHashSet<>();

  private Optional<LostSmart> lostSmart = Optional.empty();

  private Optional<Instant> unresponsiveSince = Optional.empty();
  private long hungSinceNanos;
  private long unresponsiveNanos;

  /// How often pvestatd's numbers moved although the node was unresponsive: it does not look at the
  /// pool that hangs, and what it does later says nothing of it.
  private int movements;

  private long canaryAtNanos;
  private Duration canaryPause = FIRST_CANARY;
  private Optional<Boolean> answeredWell = Optional.empty();

  /// A request for SMART whose end nobody told.
  ///
  /// @param seen whether it was the node that was silent to the end. Else we lost sight of it,
  ///   which says little: a disk may take ten seconds for its answer
  /// @param tryAtNanos where it was not seen, when one disk is to be asked again
  /// @param pause how long that was put off
  private record LostSmart(
      long begunNanos, long lostNanos, boolean seen, long tryAtNanos, Duration pause) {}

  /// A worker that hangs.
  ///
  /// @param path what it was asked
  /// @param seen whether pveproxy gave up on it, or it was silent to the end; else we lost sight of
  ///   it
  private record Stuck(String path, boolean seen) {}

  /// @param perNode how many requests may be in service at a time, 1 or 2
  NodeGate(String cluster, String node, int perNode) {
    this.cluster = cluster;
    this.node = node;
    this.perNode = perNode;
  }

  /// Takes another limit for how many requests may be in service.
  void allow(int most) {
    perNode = most;
  }

  /// Forgives what hangs, as the operator wishes: who reloads may have mended it. As with all that
  /// is no answer of zfs itself, one request tries it before all do.
  void tryAgain(long nowNanos) {
    lostSmart = Optional.empty();
    if (unresponsiveSince.isPresent()) {
      stuck.clear();
      canaryAtNanos = nowNanos;
      canaryPause = FIRST_CANARY;
      LOG.log(Level.INFO, "What hung is forgiven, as the configuration was reloaded.", fields());
    }
  }

  /// What becomes of a request.
  ///
  /// @param work what the node does for it
  Verdict verdict(Work work, long nowNanos) {
    if (work == Work.SMART) {
      return smartVerdict(nowNanos);
    }
    boolean zfs = work == Work.ZFS;
    if (unresponsiveSince.isPresent()) {
      return zfs ? zfsVerdictWhileUnresponsive(nowNanos) : otherVerdictWhileUnresponsive(nowNanos);
    }
    return zfs && isZfsSlow(nowNanos)
        ? new Verdict.Wait()
        : otherVerdict(perNode - slotsTakenBySmart());
  }

  // Loops, not streams, in what is asked for each who waits whenever a call ends.
  private boolean isZfsSlow(long nowNanos) {
    for (Call call : running) {
      if (call.isZfs() && isSlow(call, nowNanos)) {
        return true;
      }
    }
    return false;
  }

  /// One at a time, and while nothing else is in service; that a slot stays free of it is for who
  /// asks to see to. Where one never ended, none is asked any more until the node restarts; where
  /// we lost sight of one, a disk tries later.
  private Verdict smartVerdict(long nowNanos) {
    if (lostSmart.filter(LostSmart::seen).isPresent()) {
      return new Verdict.Refuse(
          new Failed<>(
              FailureReason.STUCK,
              "The node %s is not asked for SMART: a request for it never ended.".formatted(node)));
    }
    if (lostSmart.filter(lost -> nowNanos - lost.tryAtNanos() < 0).isPresent()) {
      return new Verdict.Refuse(
          new Failed<>(
              FailureReason.STUCK,
              "The node %s is not asked for SMART for a while: the connection was lost while it was."
                  .formatted(node)));
    }
    if (unresponsiveSince.isPresent()) {
      return refusal();
    }
    return running.isEmpty() ? new Verdict.Go() : new Verdict.Wait();
  }

  private int smartHung() {
    return lostSmart.isPresent() ? 1 : 0;
  }

  /// While a disk tries whether SMART is answered again, its request is what takes the slot.
  private int slotsTakenBySmart() {
    return lostSmart.isEmpty() || running.stream().anyMatch(Call::isSmart) ? 0 : smartHung();
  }

  /// A canary counts against the two that may be stuck. One that we lost sight of long ago does not
  /// keep it back: else a node that was well all the time would never be asked again.
  private Verdict zfsVerdictWhileUnresponsive(long nowNanos) {
    if (canary().isPresent()) {
      return whileCanaryFlies(nowNanos);
    }
    boolean due =
        stuck.stream().filter(Stuck::seen).count() + smartHung() < MOST_STUCK
            && nowNanos - canaryAtNanos >= 0
            && running.isEmpty();
    return due ? new Verdict.Canary(hung.iterator().next()) : refusal();
  }

  private Verdict otherVerdictWhileUnresponsive(long nowNanos) {
    Verdict verdict = otherVerdict(perNode - stuck.size() - smartHung());
    return verdict instanceof Verdict.Wait && canary().isPresent()
        ? whileCanaryFlies(nowNanos)
        : verdict;
  }

  /// It is waited for as long as it may soon be known.
  private Verdict whileCanaryFlies(long nowNanos) {
    return isSlow(canary().orElseThrow(), nowNanos) ? refusal() : new Verdict.Wait();
  }

  private Optional<Call> canary() {
    return running.stream().filter(Call::isCanary).findAny();
  }

  private Verdict otherVerdict(int slots) {
    if (slots <= 0) {
      return refusal();
    }
    return running.size() < slots ? new Verdict.Go() : new Verdict.Wait();
  }

  private Verdict refusal() {
    return new Verdict.Refuse(
        new Failed<>(
            FailureReason.STUCK,
            "The node %s is not asked: zfs requests of ours hang there since %s, and %d of its API workers with them; a pool of it may be suspended."
                .formatted(
                    node, unresponsiveSince.map(Instant::toString).orElse("now"), stuck.size())));
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
      stuck.remove(new Stuck(call.path(), false)); // it will be seen now
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
    if (call.isSmart() && known) {
      smartEnded(call, ending, nowNanos);
    }
    if (!call.isZfs() || !known) {
      return;
    }
    long tookNanos = nowNanos - call.begunNanos();
    answeredWell = Optional.of(ending == Call.Ending.ANSWERED && tookNanos < SLOW.toNanos());
    if (call.isCanary()) {
      canaryAtNanos = nowNanos + canaryPause.toNanos();
      hung.remove(call.path());
      hung.add(call.path()); // another one's turn is next
    }
    switch (ending) {
      case ANSWERED -> answered(call.path(), nowNanos);
      case LOST -> {
        if (tookNanos >= STUCK_AFTER.toNanos()) {
          hangs(call, true, nowNanos, clock);
        }
      }
      case ABANDONED -> hangs(call, false, nowNanos, clock);
      case NOT_SERVED -> {}
    }
  }

  private void smartEnded(Call call, Call.Ending ending, long nowNanos) {
    switch (ending) {
      case ANSWERED -> lostSmart = Optional.empty();
      case LOST -> {
        if (nowNanos - call.begunNanos() >= STUCK_AFTER.toNanos()) {
          lostSmart =
              Optional.of(new LostSmart(call.begunNanos(), nowNanos, true, 0, Duration.ZERO));
          LOG.log(
              Level.WARNING,
              "A request for SMART never ended; the node is not asked for SMART any more.",
              fields("path", call.path()));
        }
      }
      case ABANDONED -> {
        Duration pause = lostSmart.map(lost -> doubled(lost.pause())).orElse(FIRST_CANARY);
        lostSmart =
            Optional.of(
                new LostSmart(
                    call.begunNanos(), nowNanos, false, nowNanos + pause.toNanos(), pause));
        LOG.log(
            Level.INFO,
            "The connection was lost during a request for SMART; the node is asked for it again later.",
            fields("path", call.path(), "pause", pause));
      }
      case NOT_SERVED -> {}
    }
  }

  /// Evidence for this question only: another pool may hang on.
  private void answered(String path, long nowNanos) {
    if (hung.remove(path)) {
      stuck.removeIf(one -> one.path().equals(path));
      canaryAtNanos = nowNanos; // so the others may be well too
      if (hung.isEmpty()) {
        forgive("it answered");
      }
    }
  }

  private void hangs(Call call, boolean seen, long nowNanos, Instant clock) {
    stuck.add(new Stuck(call.path(), seen));
    hung.add(call.path());
    if (unresponsiveSince.isEmpty()) {
      unresponsiveSince = Optional.of(clock);
      unresponsiveNanos = nowNanos;
      hungSinceNanos = call.begunNanos();
      movements = 0;
      canaryPause = FIRST_CANARY;
      canaryAtNanos = nowNanos + canaryPause.toNanos();
    }
    LOG.log(
        Level.WARNING,
        "A zfs request never ended; the node is unresponsive.",
        fields("path", call.path(), "stuck_requests", stuck.size()));
  }

  /// Takes note of the node's row in the cluster's list.
  ///
  /// @param shown the node's statistics; empty where the cluster has none
  void seen(Optional<Pulse> shown, long nowNanos) {
    switch (pulse.seen(shown, nowNanos)) {
      case NOTHING -> {}
      case GOES_ON -> {
        findRestart(shown);
        if (nowNanos - unresponsiveNanos >= PULSE_PERIOD.toNanos()) {
          movements++;
        }
      }
      case RESTARTED -> restarted(shown.orElseThrow().uptimeSeconds().orElseThrow(), nowNanos);
      case MOVED -> {
        findRestart(shown);
        if (unresponsiveSince.isPresent() && movements < MOVEMENTS_THAT_SHOW_INDIFFERENCE) {
          // Evidence, but not of zfs itself: one request tries it before all do.
          stuck.clear();
          canaryAtNanos = nowNanos;
          canaryPause = FIRST_CANARY;
          LOG.log(Level.INFO, "The node's statistics move again.", fields());
        }
      }
    }
  }

  /// An uptime that stood still, as that of a node that hung soon after its start, need not fall
  /// with a restart. Numbers may be on their way for a moment.
  private void findRestart(Optional<Pulse> shown) {
    if (unresponsiveSince.isPresent()) {
      shown
          .orElseThrow()
          .uptimeSeconds()
          .ifPresent(
              uptime -> restarted(uptime, pulse.writtenAfterNanos() - PULSE_PERIOD.toNanos()));
    }
  }

  /// No worker is older than its node. An endpoint that is behind shows a smaller uptime too, but
  /// not one as small as that.
  private void restarted(long uptimeSeconds, long writtenNanos) {
    long upSinceNanos = writtenNanos - Duration.ofSeconds(uptimeSeconds).toNanos();
    running.removeIf(
        call -> (call.isZfs() || call.isSmart()) && call.begunNanos() - upSinceNanos < 0);
    lostSmart = lostSmart.filter(lost -> lost.begunNanos() - upSinceNanos >= 0);
    if (hungSinceNanos - upSinceNanos < 0) {
      forgive("it was restarted");
    }
  }

  /// Takes note that the cluster counts the node as offline. What is under way there, or was lost
  /// just now, may have gone with its network: that is no hang.
  void offline(long nowNanos) {
    pulse.offline();
    running.removeIf(call -> call.isZfs() || call.isSmart());
    lostSmart = lostSmart.filter(lost -> nowNanos - lost.lostNanos() >= OUTAGE_SEEN.toNanos());
    if (unresponsiveSince.isPresent() && nowNanos - unresponsiveNanos < OUTAGE_SEEN.toNanos()) {
      forgive("it was cut off");
    }
  }

  private void forgive(String evidence) {
    if (unresponsiveSince.isPresent()) {
      LOG.log(Level.INFO, "The node is responsive again.", fields("evidence", evidence));
    }
    stuck.clear();
    hung.clear();
    unresponsiveSince = Optional.empty();
  }

  /// Whether requests are refused rather than left to wait.
  boolean isUnresponsive() {
    return unresponsiveSince.isPresent();
  }

  Responsiveness responsiveness() {
    return new Responsiveness(stuck.size() + smartHung(), unresponsiveSince);
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
