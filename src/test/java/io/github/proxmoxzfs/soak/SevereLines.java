package io.github.proxmoxzfs.soak;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The errors that we log while this is open, and threads that end by an exception. Our other lines
/// are not shown meanwhile: there are thousands.
final class SevereLines extends Handler implements AutoCloseable {
  private static final int KEPT = 60;

  private final Logger ours = Logger.getLogger("io.github.proxmoxzfs");
  private final Set<String> lines = new ConcurrentSkipListSet<>();

  private final Queue<String> last = new ArrayDeque<>();

  SevereLines() {
    ours.addHandler(this);
    ours.setUseParentHandlers(false);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          lines.add(thread.getName() + ": " + failure);
        });
  }

  Set<String> lines() {
    return Collections.unmodifiableSet(lines);
  }

  /// The last lines of any level.
  synchronized String last() {
    return String.join("\n", last);
  }

  private synchronized void keep(LogRecord entry) {
    last.add(
        entry.getInstant()
            + " "
            + entry.getMessage()
            + " "
            + Arrays.toString(entry.getParameters()));
    if (last.size() > KEPT) {
      last.remove();
    }
  }

  @Override
  public void publish(LogRecord entry) {
    keep(entry);
    if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
      lines.add(entry.getMessage() + " " + entry.getThrown());
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace();
      }
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ours.removeHandler(this);
    ours.setUseParentHandlers(true);
    Thread.setDefaultUncaughtExceptionHandler(null);
  }
}
