package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds back what was refused, for 30 seconds at first and twice as long after each further
/// refusal, up to 10 minutes. Meanwhile whoever asks is told why.
///
/// A refusal costs Proxmox 3 seconds of a connection, and too many of them may lock the account in
/// a directory behind it.
final class BackOff {
  static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration LONGEST = Duration.ofMinutes(10);

  /// The pause after a failure that is no refusal: the calls of one scrape share it, the next
  /// scrape tries again.
  static final Duration BRIEF = Duration.ofSeconds(5);

  private @Nullable Failed<?> reason;
  private Instant since = Instant.EPOCH;
  private Duration pause = Duration.ZERO;
  private Duration lastRefusal = Duration.ZERO;

  /// The failure to answer with while held back.
  synchronized Optional<Failed<?>> held(Instant now) {
    // A clock that was set back does not prolong the pause.
    boolean over = now.isBefore(since) || !now.isBefore(since.plus(pause));
    return over ? Optional.empty() : Optional.ofNullable(reason);
  }

  /// Notes a refusal. One that was under way when another was noted does not count again.
  ///
  /// @return whether it is the first one since the last success
  synchronized boolean refused(Failed<?> why, Instant now) {
    boolean first = lastRefusal.isZero();
    if (held(now).isEmpty()) {
      Duration next = first ? FIRST : lastRefusal.multipliedBy(2);
      lastRefusal = next.compareTo(LONGEST) > 0 ? LONGEST : next;
      hold(why, lastRefusal, now);
    }
    return first;
  }

  /// Notes a failure that is no refusal.
  synchronized void failed(Failed<?> why, Instant now) {
    hold(why, BRIEF, now);
  }

  /// Notes a success.
  ///
  /// @return whether there was a refusal before it
  synchronized boolean succeeded() {
    boolean recovered = !lastRefusal.isZero();
    reason = null;
    pause = Duration.ZERO;
    lastRefusal = Duration.ZERO;
    return recovered;
  }

  private void hold(Failed<?> why, Duration duration, Instant now) {
    reason = why;
    pause = duration;
    since = now;
  }
}
