package io.github.proxmoxzfs.metrics;

import java.time.Duration;
import java.time.Instant;

/// Times and durations as Prometheus has them.
final class Seconds {
  private static final double MILLISECONDS_PER_SECOND = 1e3;
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private Seconds() {}

  /// Seconds since the epoch, to the millisecond.
  static double ofEpoch(Instant instant) {
    return instant.toEpochMilli() / MILLISECONDS_PER_SECOND;
  }

  static double of(Duration duration) {
    return duration.toNanos() / NANOSECONDS_PER_SECOND;
  }
}
