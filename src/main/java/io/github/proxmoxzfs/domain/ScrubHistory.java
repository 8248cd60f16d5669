package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What is known of a pool's last completed scrub, from its own answer or remembered from an
/// earlier one: ZFS keeps the result of one scan only, so that a resilver takes the last scrub's
/// place.
public sealed interface ScrubHistory {

  /// The last scrub that ran to its end.
  ///
  /// @param ended when it ended
  /// @param errors how many errors it found
  /// @param repairedBytes how much it repaired
  /// @param duration absent where ZFS printed nonsense, the clock having been set back
  record Completed(
      Instant ended, OptionalLong errors, OptionalLong repairedBytes, Optional<Duration> duration)
      implements ScrubHistory {
    public Completed {
      requireNonNull(ended, "ended is null");
      requireNonNull(errors, "errors is null");
      requireNonNull(repairedBytes, "repairedBytes is null");
      requireNonNull(duration, "duration is null");
    }
  }

  /// The pool was never scrubbed.
  record Never() implements ScrubHistory {}

  /// It cannot be known: ZFS shows another scan, and nothing is remembered.
  record Unknown() implements ScrubHistory {}
}
