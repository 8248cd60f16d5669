package io.github.proxmoxzfs;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What one of our packages logs while this is open, as `WARNING sentence key value …`.
public final class LoggedLines extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new ArrayList<>();

  /// @param type any class of the package
  public LoggedLines(Class<?> type) {
    logger = Logger.getLogger(type.getPackageName());
    // Another test may have asked for less.
    logger.setLevel(Level.INFO);
    logger.addHandler(this);
  }

  /// The lines so far.
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    if (entry.getLevel().intValue() < Level.INFO.intValue()) {
      return;
    }
    var line = new StringBuilder(entry.getLevel() + " " + entry.getMessage());
    if (entry.getParameters() != null) {
      for (Object parameter : entry.getParameters()) {
        line.append(' ').append(parameter);
      }
    }
    lines.add(line.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
