package io.github.proxmoxzfs.memory;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/// Writes what is to be kept, beside the scrapes: a disk that hangs holds up nobody but a thread of
/// our own, and at the end of the process for a while.
final class MemoryWriter {
  private static final System.Logger LOG = System.getLogger(MemoryWriter.class.getName());

  private final MemoryFile file;

  /// What was last taken over and is written or will be; none at the start and after a failure.
  private Optional<String> accepted = Optional.empty();

  private Optional<String> pending = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean writing;
  private boolean closed;

  MemoryWriter(MemoryFile file) {
    this.file = file;
  }

  /// Has a text written, unless it is there already. The first one is written in any case, so that
  /// a directory that cannot be written to is known at the start; one that failed is tried again
  /// when it is next offered. Returns at once.
  synchronized void offer(String text) {
    if (closed || accepted.filter(text::equals).isPresent()) {
      return;
    }
    accepted = Optional.of(text);
    pending = accepted;
    if (!writing) {
      writing = true;
      // Not a virtual one: a disk that hangs would hold up those of the scrapes.
      Thread.ofPlatform().daemon().name("memory-writer").start(this::writePending);
    }
  }

  private void writePending() {
    for (Optional<String> text = next(); text.isPresent(); text = next()) {
      try {
        file.write(text.get());
        written();
      } catch (IOException problem) {
        failed(text.get(), MemoryFile.reason(problem));
      } catch (RuntimeException problem) {
        failed(text.get(), problem.toString());
      }
    }
  }

  private synchronized Optional<String> next() {
    Optional<String> next = pending;
    pending = Optional.empty();
    if (next.isEmpty()) {
      writing = false;
      notifyAll();
    }
    return next;
  }

  private synchronized void written() {
    if (failure.isPresent()) {
      LOG.log(Level.INFO, "Memory can be kept again.", "file", file.path());
    }
    failure = Optional.empty();
  }

  private synchronized void failed(String text, String reason) {
    if (failure.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Memory cannot be kept and will be lost at a restart.",
          "file",
          file.path(),
          "detail",
          reason);
    }
    failure = Optional.of(reason);
    if (accepted.filter(text::equals).isPresent()) {
      accepted = Optional.empty();
    }
  }

  /// Takes nothing more, and waits until what was taken is written.
  ///
  /// @return whether it was within `patience`
  synchronized boolean close(Duration patience) {
    closed = true;
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis();
          writing && left > 0;
          left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
        wait(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return !writing;
  }
}
