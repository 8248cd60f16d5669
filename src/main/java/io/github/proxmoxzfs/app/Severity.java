package io.github.proxmoxzfs.app;

import java.util.logging.Level;

/// The four levels that exporters have.
enum Severity {
  DEBUG("debug", 7),
  INFO("info", 6),
  WARN("warn", 4),
  ERROR("error", 3);

  private static final int MOST_STACK_FRAMES = 20;

  final String label;
  final int journalPriority;

  Severity(String label, int journalPriority) {
    this.label = label;
    this.journalPriority = journalPriority;
  }

  static Severity of(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return ERROR;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return WARN;
    }
    return level.intValue() >= Level.INFO.intValue() ? INFO : DEBUG;
  }

  /// What was thrown, in a line, with the frames that matter.
  static String trace(Throwable thrown) {
    var trace = new StringBuilder(thrown.toString());
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MOST_STACK_FRAMES); i++) {
      trace.append(" at ").append(frames[i]);
    }
    if (thrown.getCause() != null) {
      trace.append(" caused by ").append(thrown.getCause());
    }
    return trace.toString();
  }
}
