package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Time;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// What is asked beside the scrapes, so that none of them waits for it. Scrapes begin it, and it
/// comes to an end by itself: a cluster that nobody scrapes is not asked for anything.
final class Background implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> closing = new CompletableFuture<>();

  /// Begins a task, unless one of this name is under way.
  ///
  /// @param name what is done, as the name of a thread
  void begin(String name, Time time, Runnable task) {
    var end = new CompletableFuture<Void>();
    if (closing.isDone() || running.putIfAbsent(name, end) != null) {
      return;
    }
    time.start(
        name,
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error failure) { // the next one must be able to begin
            LOG.log(Level.ERROR, "What is asked in the background broke.", failure);
          } finally {
            running.remove(name, end);
            end.complete(null);
          }
        });
  }

  /// Lets time pass in a task.
  ///
  /// @return whether the task is to go on; false when this is closed
  boolean pause(Deadline until) {
    try {
      until.await(closing);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("closing never fails", e);
    }
  }

  /// Whether tasks are to end.
  boolean isClosed() {
    return closing.isDone();
  }

  /// Waits until nothing is under way, at most until the deadline.
  void settle(Deadline deadline) {
    while (!deadline.isOver()) {
      List<CompletableFuture<Void>> ends = List.copyOf(running.values());
      if (ends.isEmpty()) {
        return;
      }
      try {
        deadline.await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));
      } catch (TimeoutException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a task's end never fails", e);
      }
    }
  }

  /// Begins nothing any more, and wakes the tasks that pause.
  @Override
  public void close() {
    closing.complete(null);
  }
}
