package io.github.proxmoxzfs.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sends the log to standard error.
final class Logging {
  /// The root of our loggers. Kept here, since java.util.logging holds its loggers weakly and would
  /// forget their level.
  private static final Logger OURS = Logger.getLogger("io.github.proxmoxzfs");

  private Logging() {}

  /// How much is logged, as `--log.level` takes it.
  enum LogLevel {
    debug,
    info,
    warn,
    error;

    private Level threshold() {
      return switch (this) {
        case debug -> Level.FINE;
        case info -> Level.INFO;
        case warn -> Level.WARNING;
        case error -> Level.SEVERE;
      };
    }
  }

  /// How a line looks, as `--log.format` takes it.
  enum LogFormat {
    logfmt,
    json;

    private Formatter formatter(boolean forJournal) {
      return switch (this) {
        case logfmt -> new LogfmtFormatter(forJournal);
        case json -> new JsonFormatter(forJournal);
      };
    }
  }

  static void start(LogLevel level, LogFormat format, Map<String, String> environment) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var handler = new ConsoleHandler();
    handler.setFormatter(format.formatter(writesToJournal(environment)));
    handler.setLevel(Level.ALL);
    try {
      handler.setEncoding(StandardCharsets.UTF_8.name());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    root.addHandler(handler);
    // The JDK's own words are wanted only when something is wrong.
    root.setLevel(Level.WARNING);
    OURS.setLevel(level.threshold());
  }

  /// What a line on standard error that is no log entry begins with: the journal's priority of an
  /// error where it goes there.
  static String errorPriority(Map<String, String> environment) {
    return writesToJournal(environment) ? "<3>" : "";
  }

  /// Whether standard error is the journal's stream: `$JOURNAL_STREAM` names its device and inode
  /// (systemd.exec(5)), but is inherited by processes whose standard error is another file.
  private static boolean writesToJournal(Map<String, String> environment) {
    String stream = environment.get("JOURNAL_STREAM");
    if (stream == null) {
      return false;
    }
    try {
      Map<String, Object> attributes =
          Files.readAttributes(Path.of("/proc/self/fd/2"), "unix:dev,ino");
      return stream.equals(attributes.get("dev") + ":" + attributes.get("ino"));
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }
}
