package io.github.proxmoxzfs.scrape;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Does several things at once, each on a virtual thread of its own.
final class FanOut implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FanOut.class.getName());

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scrape-", 0).factory());

  /// What stands for the result of a call that gave none.
  ///
  /// @param late of a call that had not ended in time and was interrupted
  /// @param broken of a call that threw, which is a fault of ours
  record Otherwise<T>(Supplier<T> late, Supplier<T> broken) {}

  /// Begins a call.
  <T> Future<T> begin(Callable<T> call) {
    return threads.submit(call);
  }

  /// Waits for the result of a call; interrupts the call when `patience` is over.
  static <T> T await(Future<T> call, Duration patience, Otherwise<T> otherwise) {
    try {
      return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      LOG.log(Level.ERROR, "A part of a collection broke.", failure.getCause());
      return otherwise.broken().get();
    } catch (TimeoutException | CancellationException _) {
      call.cancel(true);
      return otherwise.late().get();
    } catch (InterruptedException _) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      return otherwise.late().get();
    }
  }

  /// Makes all calls at once and gives their results in the order of the calls.
  <T> List<T> all(
      List<? extends Callable<T>> calls, Supplier<Duration> patience, Otherwise<T> otherwise) {
    List<Future<T>> begun = calls.stream().map(call -> begin(call)).toList();
    return begun.stream().map(call -> await(call, patience.get(), otherwise)).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
