package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A clock, and waits on it, that pass when a test says so.
final class ManualTime implements Waiting, InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-11-07T18:36:00Z");
  private static final Duration REAL_PATIENCE = Duration.ofSeconds(20);

  private record Sleeper(CompletableFuture<?> end, long until) {
    private boolean sleeps(long now) {
      return !end.isDone() && until > now;
    }
  }

  private final List<Sleeper> sleepers = new ArrayList<>();
  private long now;

  /// Lets time pass once so many threads wait.
  void advance(int waitingThreads, Duration duration) throws InterruptedException {
    untilWaiting(waitingThreads);
    advance(duration);
  }

  synchronized void advance(Duration duration) {
    now += duration.toNanos();
    notifyAll();
  }

  synchronized void untilWaiting(int threads) throws InterruptedException {
    var giveUp = System.nanoTime() + REAL_PATIENCE.toNanos();
    while (sleepers.stream().filter(s -> s.sleeps(now)).count() != threads) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError("there never were " + threads + " waiting threads: " + sleepers);
      }
      wait(100);
    }
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Instant instant() {
    return BEGIN.plusNanos(now);
  }

  @Override
  public boolean await(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
    return sleep(end, Math.addExact(nanoTime(), atMost.toNanos()));
  }

  @Override
  public void await(CompletableFuture<?> end) throws InterruptedException {
    sleep(end, Long.MAX_VALUE);
  }

  private boolean sleep(CompletableFuture<?> end, long until) throws InterruptedException {
    var _ = end.whenComplete((_, _) -> wake());
    var sleeper = new Sleeper(end, until);
    synchronized (this) {
      sleepers.add(sleeper);
      notifyAll();
      try {
        while (sleeper.sleeps(now)) {
          wait();
        }
        return end.isDone();
      } finally {
        sleepers.remove(sleeper);
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }
}
