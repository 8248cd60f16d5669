package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Responsiveness;
import io.github.proxmoxzfs.domain.Time;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Gives each request its turn: what each node can bear (its [NodeGate]), few in the whole cluster,
/// and nodes that answered well before the others.
///
/// A call that has been unanswered for [NodeGate#SLOW] no longer counts against the cluster's
/// limit, so that hung nodes do not use it up for the rest; it still counts on its node.
final class RequestLimits {
  /// The rank of what gives way to all else.
  private static final int LAST = Integer.MAX_VALUE;

  private final String cluster;
  private int perNode;
  private int inFlight;
  private final InstantSource clock;
  private Consumer<Call> canaries;

  private final Map<String, NodeGate> gates = new HashMap<>();
  private final Map<String, Instant> runningSince = new HashMap<>();
  private final Set<Call> running = new HashSet<>();
  private final TreeSet<Waiter> waiting =
      new TreeSet<>(Comparator.comparingInt(Waiter::rank).thenComparingLong(Waiter::number));
  private long lastNumber;
  private boolean closed;

  /// What came of waiting for a turn.
  sealed interface Turn {
    /// The request may begin; [#end] must follow.
    record Given(Call call) implements Turn {}

    /// It may not, or not in time.
    record Refused(Failed<?> why) implements Turn {}
  }

  /// Waits for its turn.
  ///
  /// @param rank lower is sooner
  /// @param number of those of one rank, who came first goes first
  private record Waiter(
      int rank, long number, Wish wish, Time time, CompletableFuture<Turn> turn) {}

  /// What is to be asked.
  ///
  /// @param node the node that serves it; none where the endpoint does
  /// @param work what the node does for it
  /// @param path what stands after `/api2/json`
  record Wish(Optional<String> node, Work work, String path) {}

  /// @param canaries sends a call that tries whether a node answers again, in the background, and
  ///   ends it
  RequestLimits(
      String cluster, int perNode, int inFlight, InstantSource clock, Consumer<Call> canaries) {
    this.cluster = cluster;
    this.perNode = perNode;
    this.inFlight = inFlight;
    this.clock = clock;
    this.canaries = canaries;
  }

  /// Waits for a request's turn, at most until the deadline.
  Turn await(Wish wish, Deadline deadline) {
    Waiter waiter = enqueued(wish, deadline);
    while (true) {
      try {
        return nextChange(deadline).await(waiter.turn());
      } catch (TimeoutException e) {
        if (deadline.isOver()) {
          return givenUp(waiter);
        }
        reconsider(deadline.time().nanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return givenUp(waiter);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a turn never fails", e);
      }
    }
  }

  /// Gives the turn back.
  void end(Call call, Call.Ending ending) {
    long now = call.time().nanos();
    synchronized (this) {
      running.remove(call);
      call.node().ifPresent(node -> gate(node).ended(call, ending, now, clock.instant()));
    }
    reconsider(now);
  }

  /// Takes note of the nodes that the cluster lists.
  void seen(List<NodeRow> rows, Time time) {
    long now = time.nanos();
    synchronized (this) {
      for (NodeRow row : rows) {
        NodeGate gate = gate(row.entry().name());
        row.pulse()
            .map(Pulse::uptimeSeconds)
            .filter(OptionalLong::isPresent)
            .ifPresent(
                uptime ->
                    runningSince.put(
                        row.entry().name(), clock.instant().minusSeconds(uptime.getAsLong())));
        switch (row.entry().status()) {
          case ONLINE, UNKNOWN -> gate.seen(row.pulse(), now);
          case OFFLINE -> gate.offline(now);
        }
      }
    }
    reconsider(now);
  }

  /// Whether a node's zfs requests come to an end.
  synchronized Responsiveness responsiveness(String node) {
    NodeGate gate = gates.get(node);
    return gate == null ? Responsiveness.ANSWERS : gate.responsiveness();
  }

  /// Goes on for another client of the same cluster, with what is under way and what hangs: the
  /// nodes bear no more because the configuration changed.
  synchronized void goOnFor(int mostPerNode, int mostInFlight, Consumer<Call> sender) {
    perNode = mostPerNode;
    inFlight = mostInFlight;
    canaries = sender;
    gates.values().forEach(gate -> gate.allow(mostPerNode));
  }

  /// Forgives what hangs.
  synchronized void tryAgain(Time time) {
    gates.values().forEach(gate -> gate.tryAgain(time.nanos()));
  }

  /// Since when a node runs, to within the time that its statistics may be old.
  synchronized Optional<Instant> runningSince(String node) {
    return Optional.ofNullable(runningSince.get(node));
  }

  /// Refuses all who wait, and who come.
  synchronized void close() {
    closed = true;
    List<Waiter> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(waiter -> waiter.turn().complete(closing()));
  }

  private synchronized Waiter enqueued(Wish wish, Deadline deadline) {
    Time time = deadline.time();
    int rank = wish.work() == Work.SMART ? LAST : wish.node().map(this::rank).orElse(-1);
    Waiter waiter = new Waiter(rank, ++lastNumber, wish, time, new CompletableFuture<>());
    if (closed) {
      waiter.turn().complete(closing());
    } else if (deadline.isOver()) {
      waiter
          .turn()
          .complete(
              new Turn.Refused(new Failed<>(FailureReason.TIMED_OUT, "No time was left to ask.")));
    } else {
      waiting.add(waiter);
      admit(time.nanos());
    }
    return waiter;
  }

  /// A turn that was given in the same moment counts.
  private synchronized Turn givenUp(Waiter waiter) {
    waiting.remove(waiter);
    return waiter.turn().getNow(new Turn.Refused(tooLate(waiter)));
  }

  /// Whether it was the node that took all the time, or the rest of the cluster.
  private Failed<?> tooLate(Waiter waiter) {
    return switch (verdict(waiter.wish(), waiter.time().nanos())) {
      case NodeGate.Verdict.Go() ->
          new Failed<>(
              FailureReason.NOT_ASKED, "Earlier requests to the cluster took all the time.");
      case NodeGate.Verdict.Wait(), NodeGate.Verdict.Canary(_) ->
          new Failed<>(
              FailureReason.TIMED_OUT,
              "Earlier requests to the node %s took all the time."
                  .formatted(waiter.wish().node().orElse("")));
      case NodeGate.Verdict.Refuse(Failed<?> why) -> why;
    };
  }

  private static Turn closing() {
    return new Turn.Refused(new Failed<>(FailureReason.NOT_ASKED, "The exporter is ending."));
  }

  private synchronized void reconsider(long nowNanos) {
    admit(nowNanos);
  }

  /// When time alone may give somebody a turn: as soon as the next call counts as slow, be it one
  /// that begins only now.
  private synchronized Deadline nextChange(Deadline deadline) {
    Deadline next = deadline.orEarlier(deadline.another(NodeGate.SLOW));
    long now = deadline.time().nanos();
    for (Call call : running) {
      Deadline slow = new Deadline(call.begunNanos() + NodeGate.SLOW.toNanos(), deadline.time());
      if (slow.atNanos() - now > 0) {
        next = next.orEarlier(slow);
      }
    }
    return next;
  }

  /// Gives turns to those who may have them. Called with the lock held.
  private void admit(long nowNanos) {
    if (waiting.isEmpty()) {
      return;
    }
    int counted = counted(nowNanos);
    boolean someRefuse = someRefuse();
    Iterator<Waiter> waiters = waiting.iterator();
    while (waiters.hasNext()) {
      boolean full = counted >= inFlight;
      if (full && !someRefuse) {
        return; // all the others could do is wait; there may be thousands
      }
      Waiter waiter = waiters.next();
      NodeGate.Verdict verdict = verdict(waiter.wish(), nowNanos);
      switch (verdict) {
        case NodeGate.Verdict.Go() -> {
          if (!full) {
            counted++;
            waiters.remove();
            waiter.turn().complete(new Turn.Given(begun(waiter.wish(), waiter.time(), false)));
          }
        }
        case NodeGate.Verdict.Canary(String path) ->
            canaries.accept(
                begun(new Wish(waiter.wish().node(), Work.ZFS, path), waiter.time(), true));
        case NodeGate.Verdict.Refuse(Failed<?> why) -> {
          waiters.remove();
          waiter.turn().complete(new Turn.Refused(why));
        }
        case NodeGate.Verdict.Wait() -> {}
      }
    }
  }

  private int counted(long nowNanos) {
    int counted = 0;
    for (Call call : running) {
      if (nowNanos - call.begunNanos() < NodeGate.SLOW.toNanos()) {
        counted++;
      }
    }
    return counted;
  }

  private boolean someRefuse() {
    for (NodeGate gate : gates.values()) {
      if (gate.isUnresponsive()) {
        return true;
      }
    }
    return false;
  }

  private NodeGate.Verdict verdict(Wish wish, long nowNanos) {
    return wish.node()
        .map(node -> gate(node).verdict(wish.work(), nowNanos))
        .orElseGet(NodeGate.Verdict.Go::new);
  }

  private Call begun(Wish wish, Time time, boolean canary) {
    Call call = new Call(wish.node(), wish.work(), wish.path(), canary, time);
    running.add(call);
    wish.node().ifPresent(node -> gate(node).began(call));
    return call;
  }

  private int rank(String node) {
    return gate(node).rank();
  }

  private NodeGate gate(String node) {
    NodeGate known = gates.get(node);
    return known == null
        ? gates.computeIfAbsent(node, name -> new NodeGate(cluster, name, perNode))
        : known;
  }
}
