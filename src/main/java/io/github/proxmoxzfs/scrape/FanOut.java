package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Time;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Does several things at once, each on a virtual thread of its own.
final class FanOut {
  private static final System.Logger LOG = System.getLogger(FanOut.class.getName());

  private FanOut() {}

  /// What stands for the result of a call that gave none.
  ///
  /// @param late of a call that had not ended in time
  /// @param broken of a call that threw, which is a fault of ours
  record Otherwise<T>(Supplier<T> late, Supplier<T> broken) {}

  /// Begins a call, which has a deadline of its own.
  static <T> CompletableFuture<T> begin(String name, Time time, Supplier<T> call) {
    var result = new CompletableFuture<T>();
    time.start(
        name,
        () -> {
          try {
            result.complete(call.get());
          } catch (Throwable failure) { // who waits must hear of it
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  /// Waits for the result of a call, at most until the deadline.
  static <T> T await(CompletableFuture<T> call, Deadline deadline, Otherwise<T> otherwise) {
    try {
      return deadline.await(call);
    } catch (ExecutionException failure) {
      LOG.log(Level.ERROR, "A part of a collection broke.", failure.getCause());
      return otherwise.broken().get();
    } catch (TimeoutException _) {
      return otherwise.late().get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return otherwise.late().get();
    }
  }
}
