package io.github.proxmoxzfs.domain;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How time passes: a monotonic clock, waiting, and what is done meanwhile.
///
/// All waiting of a collection goes through a [Deadline], which knows its time. So hours of a hung
/// node can be played in a moment, by a time that leaps to the next deadline once all that was
/// started waits.
public interface Time {
  /// Nanoseconds of a clock that nobody sets; its zero means nothing.
  long nanos();

  /// Waits for a future, at most until the deadline.
  ///
  /// @throws TimeoutException if it was not complete by then
  /// @throws ExecutionException if it failed
  /// @throws InterruptedException if the waiting thread is interrupted
  <T> T await(CompletableFuture<T> awaited, Deadline deadline)
      throws TimeoutException, ExecutionException, InterruptedException;

  /// Begins to do something beside the caller, on a virtual thread.
  ///
  /// @param name the thread's name
  void start(String name, Runnable task);

  /// The time of this machine.
  static Time system() {
    return SystemTime.INSTANCE;
  }

  /// The time of this machine.
  enum SystemTime implements Time {
    /// There is but one.
    INSTANCE;

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public <T> T await(CompletableFuture<T> awaited, Deadline deadline)
        throws TimeoutException, ExecutionException, InterruptedException {
      return awaited.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void start(String name, Runnable task) {
      Thread.ofVirtual().name(name).start(task);
    }
  }
}
