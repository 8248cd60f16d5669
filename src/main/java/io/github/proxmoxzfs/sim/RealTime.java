package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits as long as it takes.
enum RealTime implements Waiting {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean await(CompletableFuture<?> end, Duration atMost) throws InterruptedException {
    try {
      end.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException | CancellationException _) {
      return true;
    }
  }

  @Override
  public void await(CompletableFuture<?> end) throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException | CancellationException _) {
      // It has ended.
    }
  }
}
