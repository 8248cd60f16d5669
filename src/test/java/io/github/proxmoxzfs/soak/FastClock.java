package io.github.proxmoxzfs.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that runs faster than ours, once it was started: so tickets age, and what is held back
/// for minutes is so for seconds.
final class FastClock implements InstantSource {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");

  private final int faster;
  private volatile long startedNanos = -1;

  /// @param faster how much faster; 1 for the usual speed
  FastClock(int faster) {
    this.faster = faster;
  }

  void start() {
    startedNanos = System.nanoTime();
  }

  @Override
  public Instant instant() {
    long started = startedNanos;
    return started < 0
        ? BEGAN
        : BEGAN.plus(Duration.ofNanos(System.nanoTime() - started).multipliedBy(faster));
  }
}
