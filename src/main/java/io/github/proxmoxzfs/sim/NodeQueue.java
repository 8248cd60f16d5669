package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The calls of one node: those that pveproxy has not handed on yet, those that wait for one of the
/// three workers of pvedaemon, and those in work. pveproxy gives up after its time-out; the worker
/// knows nothing of that, so a hung call keeps it, and a waiting one is worked on although nobody
/// waits for its answer any more.
///
/// Nothing runs by itself: whoever looks brings the state up to date first, event by event, so that
/// the outcome depends on the times of the calls only. Who waits sleeps until the next event.
final class NodeQueue {
  /// pve-manager `PVE/Service/pvedaemon.pm`.
  private static final int WORKERS = 3;

  /// AnyEvent::HTTP's limit per host; in truth of each of three pveproxy workers.
  private static final int PROXIED = 4;

  private static final long NEVER = Long.MAX_VALUE;

  /// How a call ended for the client.
  enum Outcome {
    /// With its answer.
    ANSWERED,
    /// pveproxy gave up.
    TIMED_OUT,
    /// The node went away.
    LOST,
    /// The simulator is closed.
    CLOSED
  }

  private static final class Call {
    private final Task task;
    private boolean handedOn;
    private boolean inWork;
    private boolean hung;
    private long endsAt = NEVER;
    private long givenUpAt = NEVER;
    private @Nullable Outcome outcome;

    private Call(Task task) {
      this.task = task;
    }

    private long nextEvent() {
      return Math.min(endsAt, givenUpAt);
    }

    private boolean takesSlot() {
      return task.otherNode() && handedOn && outcome == null;
    }
  }

  private final long timeoutNanos;
  private final Waiting time;
  private final long origin;

  /// All calls that are not over, abandoned ones too, in the order of their arrival.
  private final List<Call> calls = new ArrayList<>();

  private final Deque<Call> notHandedOn = new ArrayDeque<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private final List<Hang> hangs = new ArrayList<>();
  private CompletableFuture<Void> change = new CompletableFuture<>();
  private int maximumBusy;
  private boolean closed;

  NodeQueue(Duration timeout, Waiting time) {
    this.timeoutNanos = timeout.toNanos();
    this.time = time;
    this.origin = time.nanoTime();
  }

  /// Hands a call on and waits for its end.
  ///
  /// @param patience how this client waits; when it throws, the call goes on without it
  Outcome await(Task task, Waiting patience) throws InterruptedException {
    var call = new Call(task);
    synchronized (this) {
      var now = settled();
      calls.add(call);
      notHandedOn.add(call);
      handOn(now);
    }
    while (true) {
      long left;
      CompletableFuture<Void> end;
      synchronized (this) {
        var now = settled();
        if (closed) {
          return Outcome.CLOSED;
        }
        if (failsAtOnce(call)) {
          giveUp(call, now);
        }
        if (call.outcome != null) {
          return call.outcome;
        }
        var next = nextEvent();
        left = next == NEVER ? NEVER : next - now;
        end = change;
      }
      if (left == NEVER) {
        patience.await(end);
      } else {
        patience.await(end, Duration.ofNanos(left));
      }
    }
  }

  synchronized void hang(Hang hang) {
    settled();
    hangs.add(hang);
  }

  /// Ends the hung calls, with answers.
  synchronized void recover() {
    var now = settled();
    hangs.clear();
    for (Call call : List.copyOf(calls)) {
      if (call.hung) {
        finish(call, now);
      }
    }
    wakeAll();
  }

  /// Loses all calls that were handed on.
  synchronized void reboot() {
    var now = settled();
    hangs.clear();
    for (Call call : List.copyOf(calls)) {
      if (call.handedOn) {
        calls.remove(call);
        call.outcome = call.outcome == null ? Outcome.LOST : call.outcome;
      }
    }
    waiting.clear();
    handOn(now);
    wakeAll();
  }

  synchronized void close() {
    closed = true;
    wakeAll();
  }

  synchronized int busy() {
    settled();
    return Math.toIntExact(calls.stream().filter(c -> c.inWork && c.task.worker()).count());
  }

  synchronized int stuck() {
    settled();
    return Math.toIntExact(calls.stream().filter(c -> c.hung).count());
  }

  synchronized int maximumBusy() {
    settled();
    return maximumBusy;
  }

  synchronized void forgetMaximum() {
    maximumBusy = busy();
  }

  private void wakeAll() {
    var before = change;
    change = new CompletableFuture<>();
    before.complete(null);
  }

  /// Lets happen what is due by now.
  ///
  /// @return now, in nanoseconds since this queue was made
  private long settled() {
    var now = time.nanoTime() - origin;
    while (nextEvent() <= now) {
      var at = nextEvent();
      var call = calls.stream().filter(c -> c.nextEvent() == at).findFirst().orElseThrow();
      if (call.endsAt == at) {
        finish(call, at);
      } else {
        giveUp(call, at);
      }
    }
    return now;
  }

  private long nextEvent() {
    return calls.stream().mapToLong(Call::nextEvent).min().orElse(NEVER);
  }

  /// Where failures take no time, what only a recovery could end fails now.
  private boolean failsAtOnce(Call call) {
    return timeoutNanos == 0
        && call.outcome == null
        && (call.hung
            || (waiting.contains(call) && calls.stream().filter(c -> c.hung).count() == WORKERS));
  }

  private void handOn(long at) {
    var proxied = calls.stream().filter(Call::takesSlot).count();
    while (!notHandedOn.isEmpty()
        && (proxied < PROXIED || !notHandedOn.getFirst().task.otherNode())) {
      var call = notHandedOn.removeFirst();
      call.handedOn = true;
      call.givenUpAt = timeoutNanos == 0 ? NEVER : at + timeoutNanos;
      if (call.task.worker()) {
        waiting.add(call);
      } else {
        begin(call, at);
      }
      proxied++;
    }
    work(at);
  }

  private void work(long at) {
    var busy = calls.stream().filter(c -> c.inWork && c.task.worker()).count();
    while (busy < WORKERS && !waiting.isEmpty()) {
      begin(waiting.removeFirst(), at);
      busy++;
      maximumBusy = Math.max(maximumBusy, Math.toIntExact(busy));
    }
  }

  private void begin(Call call, long at) {
    call.inWork = true;
    call.hung = hangs.stream().anyMatch(hang -> hang.holds(call.task));
    call.endsAt = call.hung ? NEVER : at + call.task.service().toNanos();
  }

  private void finish(Call call, long at) {
    calls.remove(call);
    call.hung = false;
    call.outcome = call.outcome == null ? Outcome.ANSWERED : call.outcome;
    handOn(at);
  }

  private void giveUp(Call call, long at) {
    call.givenUpAt = NEVER;
    call.outcome = Outcome.TIMED_OUT;
    if (!call.task.worker()) {
      calls.remove(call);
    }
    handOn(at);
  }
}
