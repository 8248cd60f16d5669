package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// What is asked less often than scrapes come: the last answer serves until the next one is there.
/// All scrapes share it, whatever part of the cluster they are about. The asking itself goes on
/// beside them, in the [Background].
///
/// An answer serves for twice the time after which it was to be asked again: while the next ones
/// fail, and while nobody scrapes. After a longer pause it is none; who needs it waits for the
/// next.
///
/// @param <T> what is read
final class KeptReading<T> {
  /// How soon a question that failed is asked again.
  static final Duration RETRY = Duration.ofMinutes(1);

  /// How long an answer is waited for; nobody waits with us. pveproxy gives up after 30 seconds,
  /// and says so.
  static final Duration PATIENCE = Duration.ofSeconds(35);

  /// The rhythm of scrapes is not exact: without this, what is due each minute would be asked with
  /// each second scrape of a minute.
  private static final Duration EARLIEST = Duration.ofSeconds(2);

  /// What came of the last asking.
  ///
  /// @param since when it was begun, by our clock
  /// @param endNanos when it ended, as of its time, which does not leap
  private record Asked<T>(
      Reading<T> reading, Duration took, Instant since, long endNanos, Time time) {
    Duration age() {
      return Duration.ofNanos(time.nanos() - endNanos);
    }
  }

  private final String name;
  private final InstantSource clock;

  private @Nullable Asked<T> last;
  private Reading.@Nullable Ok<T> told;
  private Duration kept = Duration.ZERO;
  private boolean renewing;
  private CompletableFuture<Void> awaited = new CompletableFuture<>();

  /// @param name what is asked, as a name of threads
  /// @param clock our clock
  KeptReading(String name, InstantSource clock) {
    this.name = name;
    this.clock = clock;
  }

  /// Begins to ask if that is due.
  ///
  /// @param period after how long an answer is asked for again
  void refresh(
      Duration period, SharedReading.Question<T> question, Background background, Time time) {
    refresh(period, question, period, background, time);
  }

  /// The same.
  ///
  /// @param usual the usual period, where this time it is to be asked sooner: by it an answer is
  ///   too old to be told
  void refresh(
      Duration period,
      SharedReading.Question<T> question,
      Duration usual,
      Background background,
      Time time) {
    if (isDue(period)) {
      renewIfTooOld();
      background.begin(name, time, () -> ask(usual, question, time));
    }
  }

  private synchronized void renewIfTooOld() {
    if (isTooOld()) {
      renewing = true;
      awaited = new CompletableFuture<>();
    }
  }

  /// Whether the last answer is too old to be told, since nobody has asked for long.
  synchronized boolean isTooOld() {
    Asked<T> asked = last;
    return asked != null
        && asked.reading() instanceof Reading.Ok
        && asked.age().compareTo(kept.multipliedBy(2)) > 0;
  }

  /// Asks if that is due, and waits for the answer.
  void refreshNow(Duration period, SharedReading.Question<T> question, Time time) {
    refreshNow(period, question, period, time);
  }

  /// The same.
  ///
  /// @param usual the usual period, where this time it is to be asked sooner: by it an answer is
  ///   too old to be told
  void refreshNow(Duration period, SharedReading.Question<T> question, Duration usual, Time time) {
    if (isDue(period)) {
      ask(usual, question, time);
    }
  }

  /// Whether it is to be asked.
  synchronized boolean isDue(Duration period) {
    Asked<T> asked = last;
    if (asked == null) {
      return true;
    }
    Duration wait = asked.reading() instanceof Reading.Ok ? period : shorter(period, RETRY);
    Instant now = clock.instant();
    // A clock that was set back does not prolong the wait.
    return now.isBefore(asked.since()) || !now.isBefore(asked.since().plus(wait).minus(EARLIEST));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void ask(Duration period, SharedReading.Question<T> question, Time time) {
    Instant since = clock.instant();
    long begunNanos = time.nanos();
    try {
      Reading<T> reading = question.ask(Deadline.after(PATIENCE, time));
      long endNanos = time.nanos();
      keep(
          new Asked<>(reading, Duration.ofNanos(endNanos - begunNanos), since, endNanos, time),
          period);
    } finally {
      end();
    }
  }

  private synchronized void keep(Asked<T> asked, Duration period) {
    last = asked;
    kept = period;
    if (asked.reading() instanceof Reading.Ok<T> ok) {
      told = ok;
    }
  }

  private synchronized void end() {
    renewing = false;
    awaited.complete(null);
  }

  /// Waits for the first asking that there was, and for one that is to follow an answer that is too
  /// old, at most until the deadline; once it has ended, this waits no more.
  void awaitFirst(Deadline deadline) {
    CompletableFuture<Void> end;
    synchronized (this) {
      end = awaited;
    }
    try {
      deadline.await(end);
    } catch (TimeoutException e) {
      end.complete(null); // the next scrape is not to wait for it too
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("it never fails", e);
    }
  }

  /// The same, but for the first.
  void awaitRenewal(Deadline deadline) {
    boolean under;
    synchronized (this) {
      under = renewing;
    }
    if (under) {
      awaitFirst(deadline);
    }
  }

  /// The last answer, or why there is none; skipped while none has come yet, and after a long pause
  /// until the next one has.
  synchronized Reading<T> current() {
    Asked<T> asked = last;
    if (asked == null || isTooOld()) {
      return new Reading.Skipped<>();
    }
    Reading.Ok<T> answer = told;
    // Only where the last asking failed: a clock that leaps makes no answer wrong.
    boolean tooOld =
        answer == null
            || (asked.reading() instanceof Reading.Failed
                && clock.instant().isAfter(answer.readAt().plus(kept.multipliedBy(2))));
    return answer == null || tooOld ? asked.reading() : answer;
  }

  /// How long the last asking took; empty before there was one.
  synchronized Optional<Duration> took() {
    return Optional.ofNullable(last).map(Asked::took);
  }
}
