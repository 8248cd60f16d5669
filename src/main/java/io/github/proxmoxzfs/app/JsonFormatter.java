package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.web.JsonText;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/// Writes each log record as one JSON object on a line, with the keys of [LogfmtFormatter]. All
/// values are texts.
final class JsonFormatter extends Formatter {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendInstant(3)
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean forJournal;

  JsonFormatter(boolean forJournal) {
    this.forJournal = forJournal;
  }

  @Override
  public String format(LogRecord entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    Severity severity = Severity.of(entry.getLevel());
    if (!forJournal) {
      fields.put("ts", TIME.format(entry.getInstant()));
    }
    fields.put("level", severity.label);
    fields.put("msg", String.valueOf(entry.getMessage()));
    Object[] parameters = entry.getParameters();
    if (parameters != null) {
      for (int i = 0; i + 1 < parameters.length; i += 2) {
        fields.putIfAbsent(String.valueOf(parameters[i]), String.valueOf(parameters[i + 1]));
      }
    }
    if (entry.getThrown() != null) {
      fields.putIfAbsent("error", Severity.trace(entry.getThrown()));
    }
    String priority = forJournal ? "<" + severity.journalPriority + ">" : "";
    return priority + JsonText.object(fields) + "\n";
  }
}
