package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonFormatterTest {
  @Test
  void anEntryIsAnObjectOnALine() {
    var entry = new LogRecord(Level.WARNING, "Cannot be read.");
    entry.setInstant(Instant.parse("2026-11-22T12:00:00.120Z"));
    entry.setParameters(new Object[] {"pool", "a \"b\"\n\u202e\\", "level", "forged"});
    assertThat(new JsonFormatter(false).format(entry))
        .isEqualTo(
            "{\"ts\":\"2026-11-22T12:00:00.120Z\",\"level\":\"warn\",\"msg\":\"Cannot be read.\","
                + "\"pool\":\"a \\\"b\\\"\\u000a\\u202e\\\\\"}\n");
    entry.setThrown(new IllegalStateException("broken"));
    assertThat(new JsonFormatter(true).format(entry))
        .startsWith("<4>{\"level\":\"warn\",\"msg\":")
        .contains("\"error\":\"java.lang.IllegalStateException: broken at ");
  }
}
