package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Time;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One question, whose answers all scrapes share: what is being asked, or was asked a moment ago,
/// is not asked again. A pair of Prometheus servers costs the cluster as much as one.
///
/// An answer that comes after all who waited for it have gone is kept: it serves the next scrape,
/// with the time it was read, should that one get none in time either. Slow is not hung.
///
/// @param <T> what is read
final class SharedReading<T> {
  /// How old a late answer may be that a scrape still tells.
  static final Duration OLDEST_LATE = Duration.ofMinutes(5);

  private static final System.Logger LOG = System.getLogger(SharedReading.class.getName());

  /// Asks, and waits for the answer. It may go on beyond the deadline once it has begun.
  @FunctionalInterface
  interface Question<T> {
    Reading<T> ask(Deadline deadline);
  }

  /// What came of asking.
  ///
  /// @param took how long it took, whoever asked
  record Outcome<T>(Reading<T> reading, Duration took) {
    static <T> Outcome<T> failed(FailureReason reason, String detail) {
      return new Outcome<>(new Reading.Failed<>(reason, detail), Duration.ZERO);
    }

    /// Whether nothing was learnt, for want of time of the one who asked.
    boolean isOutOfTime() {
      return reading
          .failure()
          .filter(reason -> reason == FailureReason.TIMED_OUT || reason == FailureReason.NOT_ASKED)
          .isPresent();
    }
  }

  /// An asking under way or ended.
  private static final class Asking<T> {
    private final long begunNanos;
    private final CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    private boolean missed;

    private Asking(long begunNanos) {
      this.begunNanos = begunNanos;
    }
  }

  /// An answer that nobody got in time.
  ///
  /// @param asking what it is the answer of
  /// @param endedNanos when it came
  /// @param toldNanos when a scrape first told it; none if none did
  private record Late<T>(
      Asking<T> asking, Outcome<T> outcome, long endedNanos, Optional<Long> toldNanos) {}

  private final String name;
  private final Question<T> question;
  private final Duration sharedFor;

  private @Nullable Asking<T> last;
  private @Nullable Late<T> late;

  /// @param name what is asked, as a name of threads
  /// @param sharedFor for how long after it was asked an answer serves others
  SharedReading(String name, Question<T> question, Duration sharedFor) {
    this.name = name;
    this.question = question;
    this.sharedFor = sharedFor;
  }

  /// Asks unless that is being done or was done a moment ago; does not wait.
  ///
  /// @param deadline until when it must have begun, and is waited for
  Pending ask(Deadline deadline) {
    return new Pending(deadline);
  }

  /// An answer to come.
  final class Pending {
    private final Deadline deadline;
    private boolean ours;
    private Asking<T> asking;

    private Pending(Deadline deadline) {
      this.deadline = deadline;
      this.asking = joined();
    }

    /// The asking to wait for: another's, or our own.
    private Asking<T> joined() {
      Asking<T> own = new Asking<>(deadline.time().nanos());
      Asking<T> found = joinedOr(own);
      ours = found == own;
      if (ours) {
        begin(own, deadline);
      }
      return found;
    }

    /// Waits until the deadline, and a little longer for those who end by it themselves.
    Outcome<T> await() {
      while (true) {
        try {
          Outcome<T> outcome = Grace.of(deadline).await(asking.outcome);
          if (!outcome.isOutOfTime()) {
            told(asking);
            return outcome;
          }
          if (ours || deadline.isOver()) {
            return missed(asking, deadline.time().nanos()).orElse(outcome);
          }
          asking = joined(); // the other one had less time than we have
        } catch (TimeoutException e) {
          return missed(asking, deadline.time().nanos()).orElseGet(SharedReading::tooLate);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return tooLate();
        } catch (ExecutionException e) {
          throw new IllegalStateException("an asking never fails", e);
        }
      }
    }
  }

  /// Whether it is not being asked.
  synchronized boolean isIdle() {
    return last == null || last.outcome.isDone();
  }

  /// Whether the last answer came after all who waited for it had gone.
  synchronized boolean isSlow() {
    return last != null && last.missed;
  }

  private static <T> Outcome<T> tooLate() {
    return Outcome.failed(FailureReason.TIMED_OUT, "no answer before the deadline");
  }

  private synchronized void told(Asking<T> asking) {
    if (late != null && late.asking() == asking) {
      late = null;
    }
  }

  /// The last asking, if it is under way or fresh, else this new one.
  private synchronized Asking<T> joinedOr(Asking<T> own) {
    Asking<T> current = last;
    if (current != null) {
      boolean fresh = own.begunNanos - current.begunNanos < sharedFor.toNanos();
      boolean useful =
          !current.outcome.isDone() || (fresh && !current.outcome.join().isOutOfTime());
      if (useful) {
        return current;
      }
    }
    last = own;
    return own;
  }

  private void begin(Asking<T> asking, Deadline deadline) {
    Time time = deadline.time();
    time.start(name, () -> end(asking, answer(deadline), time.nanos()));
  }

  /// Whatever is thrown: who waits must hear of it, and the next one must be able to ask.
  private Reading<T> answer(Deadline deadline) {
    try {
      return question.ask(deadline);
    } catch (Throwable failure) {
      LOG.log(Level.ERROR, "A part of a collection broke.", failure);
      return new Reading.Failed<>(FailureReason.INTERNAL, "a fault of the exporter");
    }
  }

  private void end(Asking<T> asking, Reading<T> reading, long nowNanos) {
    var outcome = new Outcome<>(reading, Duration.ofNanos(nowNanos - asking.begunNanos));
    synchronized (this) {
      if (!outcome.isOutOfTime()) {
        late =
            asking.missed && reading instanceof Reading.Ok
                ? new Late<>(asking, outcome, nowNanos, Optional.empty())
                : null;
      }
    }
    asking.outcome.complete(outcome);
  }

  /// The last late answer, for the next scrape after it and those beside that one.
  private synchronized Optional<Outcome<T>> missed(Asking<T> asking, long nowNanos) {
    asking.missed = true;
    Late<T> kept = late;
    if (kept == null) {
      return Optional.empty();
    }
    long toldNanos = kept.toldNanos().orElse(nowNanos);
    if (nowNanos - kept.endedNanos() > OLDEST_LATE.toNanos()
        || nowNanos - toldNanos > sharedFor.toNanos()) {
      late = null;
      return Optional.empty();
    }
    late = new Late<>(kept.asking(), kept.outcome(), kept.endedNanos(), Optional.of(toldNanos));
    return Optional.of(kept.outcome());
  }
}
