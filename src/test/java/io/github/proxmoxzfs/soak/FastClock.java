package io.github.proxmoxzfs.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock on which a minute passes within a second, once it was started: so tickets age, and what
/// is held back for minutes is so for seconds.
final class FastClock implements InstantSource {
  private static final Instant BEGAN = Instant.parse("2026-11-22T12:00:00Z");
  private static final int FASTER = 60;

  private volatile long startedNanos = -1;

  void start() {
    startedNanos = System.nanoTime();
  }

  @Override
  public Instant instant() {
    long started = startedNanos;
    return started < 0
        ? BEGAN
        : BEGAN.plus(Duration.ofNanos(System.nanoTime() - started).multipliedBy(FASTER));
  }
}
