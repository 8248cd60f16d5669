package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// The moment by which something must have ended, on a monotonic clock, so that a clock that is set
/// does not move it.
///
/// @param atNanos the moment, as of [Time#nanos()]
/// @param time the time that passes until then
public record Deadline(long atNanos, Time time) {
  public Deadline {
    requireNonNull(time, "time is null");
  }

  /// The moment that lies `duration` from now, in the time of this machine.
  public static Deadline after(Duration duration) {
    return after(duration, Time.system());
  }

  /// The moment that lies `duration` from now.
  public static Deadline after(Duration duration, Time time) {
    return new Deadline(time.nanos() + duration.toNanos(), time);
  }

  /// The time left; zero once it is over.
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atNanos - time.nanos()));
  }

  /// Whether it is over.
  public boolean isOver() {
    return left().isZero();
  }

  /// A deadline that lies `duration` from now, in the same time, whether before or after this one.
  public Deadline another(Duration duration) {
    return after(duration, time);
  }

  /// The deadline that comes `duration` after this one.
  public Deadline plus(Duration duration) {
    return new Deadline(atNanos + duration.toNanos(), time);
  }

  /// The earlier one of this and another.
  public Deadline orEarlier(Deadline other) {
    return other.atNanos - atNanos < 0 ? other : this;
  }

  /// Waits for a future, at most until this deadline.
  ///
  /// @throws TimeoutException if it was not complete by then
  /// @throws ExecutionException if it failed
  /// @throws InterruptedException if the waiting thread is interrupted
  public <T> T await(CompletableFuture<T> awaited)
      throws TimeoutException, ExecutionException, InterruptedException {
    return time.await(awaited, this);
  }
}
