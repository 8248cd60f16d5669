package io.github.proxmoxzfs.domain;

import java.time.Duration;

/// The moment by which something must have ended, on the monotonic clock, so that a clock that is
/// set does not move it.
///
/// @param atNanos the moment, as of [System#nanoTime()]
public record Deadline(long atNanos) {
  /// The moment that lies `duration` from now.
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /// The time left; zero once it is over.
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }
}
