package io.github.proxmoxzfs.memory;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of one pool.
///
/// @param listedAt when its node's list last showed it
/// @param missing for how long it was seen to be missing since
/// @param scrub its last completed scrub
/// @param scrubReadAt when the answer arrived that `scrub` was taken from, or that showed that
///   there was none; [Instant#MIN] when that is not known, so that any answer is newer
record RememberedPool(
    Instant listedAt,
    Duration missing,
    Optional<ScrubHistory.Completed> scrub,
    Instant scrubReadAt) {
  RememberedPool {
    requireNonNull(listedAt, "listedAt is null");
    requireNonNull(missing, "missing is null");
    requireNonNull(scrub, "scrub is null");
    requireNonNull(scrubReadAt, "scrubReadAt is null");
  }

  /// A pool of which nothing is known but that it was listed.
  static RememberedPool listed(Instant at) {
    return new RememberedPool(at, Duration.ZERO, Optional.empty(), Instant.MIN);
  }

  /// This pool after a list showed it.
  ///
  /// @param now our clock, which shows a remembered time that lies ahead to be wrong
  RememberedPool listedAgain(Instant at, Instant now) {
    Instant last = isOlder(at, listedAt, now) ? listedAt : at;
    return new RememberedPool(last, Duration.ZERO, scrub, scrubReadAt);
  }

  /// This pool after its own answer was read; an answer older than the one remembered changes
  /// nothing, since scrapes of several Prometheus servers overlap.
  ///
  /// @param shown what the answer shows
  /// @param readAt when it arrived
  /// @param now our clock
  RememberedPool after(ScrubHistory shown, Instant readAt, Instant now) {
    if (isOlder(readAt, scrubReadAt, now)) {
      return this;
    }
    return switch (shown) {
      case ScrubHistory.Completed completed ->
          new RememberedPool(listedAt, missing, Optional.of(completed), readAt);
      case ScrubHistory.Never _ -> new RememberedPool(listedAt, missing, Optional.empty(), readAt);
      case ScrubHistory.Unknown _ -> this;
    };
  }

  /// This pool after it was seen to be missing for some more time.
  RememberedPool missingFor(Duration more) {
    return new RememberedPool(listedAt, missing.plus(more), scrub, scrubReadAt);
  }

  /// Whether one time lies before another; one that lies ahead of our clock was noted before the
  /// clock was set back, and says nothing.
  private static boolean isOlder(Instant time, Instant remembered, Instant now) {
    return time.isBefore(remembered) && !remembered.isAfter(now);
  }
}
