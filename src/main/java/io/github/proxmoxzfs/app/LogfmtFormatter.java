package io.github.proxmoxzfs.app;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// Writes each log record as one line of logfmt. A record's parameters are keys and values in turn.
///
/// For the journal a line begins with its priority (`<4>`, see sd-daemon(3)) and has no time, since
/// the journal keeps its own.
final class LogfmtFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendInstant(3)
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean forJournal;

  LogfmtFormatter(boolean forJournal) {
    this.forJournal = forJournal;
  }

  @Override
  public String format(LogRecord entry) {
    var line = new StringBuilder();
    Severity severity = Severity.of(entry.getLevel());
    if (forJournal) {
      line.append('<').append(severity.journalPriority).append('>');
    } else {
      line.append("ts=").append(TIME.format(entry.getInstant())).append(' ');
    }
    line.append("level=").append(severity.label);
    append(line, "msg", String.valueOf(entry.getMessage()));
    Object[] parameters = entry.getParameters();
    if (parameters != null) {
      for (int i = 0; i + 1 < parameters.length; i += 2) {
        append(line, String.valueOf(parameters[i]), String.valueOf(parameters[i + 1]));
      }
    }
    if (entry.getThrown() != null) {
      append(line, "error", Severity.trace(entry.getThrown()));
    }
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, String key, String value) {
    line.append(' ').append(key).append('=');
    if (isPlain(value)) {
      line.append(value);
      return;
    }
    line.append('"');
    value.codePoints().forEach(character -> appendQuoted(line, character));
    line.append('"');
  }

  private static boolean isPlain(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=');
  }

  /// Escapes what would break the line or forge another, direction marks and other invisible
  /// characters included.
  private static void appendQuoted(StringBuilder line, int character) {
    switch (character) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      default -> {
        int type = Character.getType(character);
        boolean invisible =
            type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
        if (invisible) {
          line.append(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
          line.appendCodePoint(character);
        }
      }
    }
  }
}
