package io.github.proxmoxzfs.time;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.sim.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// A time that stands still while anybody works, and leaps to the next moment that is waited for
/// once all who were started wait. The exporter and the simulated cluster share it, and only one
/// waiter is woken at a time, so hours pass in moments, and in the same way each time.
public final class VirtualTime implements Time, Waiting, InstantSource {
  private final Instant began;
  private final TreeSet<Sleeper> sleepers =
      new TreeSet<>(Comparator.comparingLong(Sleeper::atNanos).thenComparingLong(Sleeper::number));
  private long nanos;
  private long numbers;
  private int busy;

  /// Who waits for a future until a moment, and is woken once.
  private final class Sleeper {
    private final long atNanos;
    private final long number;
    private final CompletableFuture<Void> woken = new CompletableFuture<>();
    private boolean awake;

    private Sleeper(long atNanos, long number) {
      this.atNanos = atNanos;
      this.number = number;
    }

    private long atNanos() {
      return atNanos;
    }

    private long number() {
      return number;
    }

    /// Counts the waiter as busy before it really runs: no time passes in between.
    private void wake() {
      synchronized (VirtualTime.this) {
        if (awake) {
          return;
        }
        awake = true;
        busy++;
        sleepers.remove(this);
      }
      woken.complete(null);
    }
  }

  /// A time that begins at this moment.
  public VirtualTime(Instant began) {
    this.began = began;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public long nanoTime() {
    return nanos();
  }

  @Override
  public Instant instant() {
    return began.plusNanos(nanos());
  }

  /// Does something that may wait in this time, and waits for its result in real time.
  public <T> T play(Supplier<T> work) {
    var result = new CompletableFuture<T>();
    start(
        "played",
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
          }
        });
    return result.join();
  }

  /// Lets time pass; to be called in [#play].
  public void pass(Duration duration) {
    try {
      await(new CompletableFuture<Void>(), nanos() + duration.toNanos());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void start(String name, Runnable task) {
    synchronized (this) {
      busy++;
    }
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                task.run();
              } finally {
                rest();
              }
            });
  }

  @Override
  public <T> T await(CompletableFuture<T> awaited, Deadline deadline)
      throws TimeoutException, ExecutionException, InterruptedException {
    await(awaited, deadline.atNanos());
    if (!awaited.isDone()) {
      throw new TimeoutException();
    }
    return awaited.get();
  }

  @Override
  public boolean await(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
    long most = Long.MAX_VALUE - nanos();
    await(end, nanos() + (atMost.compareTo(Duration.ofNanos(most)) < 0 ? atMost.toNanos() : most));
    return end.isDone();
  }

  @Override
  public void await(CompletableFuture<?> end) throws InterruptedException {
    await(end, Long.MAX_VALUE);
  }

  private void await(CompletableFuture<?> end, long atNanos) throws InterruptedException {
    if (end.isDone()) {
      return;
    }
    Sleeper sleeper;
    synchronized (this) {
      if (atNanos <= nanos) {
        return;
      }
      sleeper = new Sleeper(atNanos, ++numbers);
      sleepers.add(sleeper);
    }
    var _ = end.whenComplete((_, _) -> sleeper.wake());
    rest();
    try {
      sleeper.woken.get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// One less is busy; the last one moves the time on.
  private void rest() {
    Sleeper next;
    synchronized (this) {
      busy--;
      if (busy > 0 || sleepers.isEmpty() || sleepers.first().atNanos == Long.MAX_VALUE) {
        return;
      }
      next = sleepers.first();
      nanos = Math.max(nanos, next.atNanos);
    }
    next.wake();
  }
}
