package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogfmtFormatterTest {
  private static LogRecord entry(Level level, String message, Object... parameters) {
    var entry = new LogRecord(level, message);
    entry.setInstant(Instant.parse("2026-11-22T12:00:00.120Z"));
    entry.setParameters(parameters);
    return entry;
  }

  @Test
  void parametersAreKeysAndValues() {
    assertThat(
            new LogfmtFormatter(false)
                .format(entry(Level.WARNING, "Cannot be read.", "node", "pve1", "pool", "a b")))
        .isEqualTo(
            "ts=2026-11-22T12:00:00.120Z level=warn msg=\"Cannot be read.\" node=pve1"
                + " pool=\"a b\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE, <3>level=error",
    "WARNING, <4>level=warn",
    "INFO, <6>level=info",
    "FINE, <7>level=debug"
  })
  void theJournalGetsItsPriorityAndNoTime(String level, String start) {
    assertThat(new LogfmtFormatter(true).format(entry(Level.parse(level), "Ready.")))
        .isEqualTo(start + " msg=Ready.\n");
  }

  @Test
  void textFromOutsideCanForgeNoLineAndHideNothing() {
    assertThat(
            new LogfmtFormatter(false)
                .format(
                    entry(
                        Level.INFO,
                        "Ready.",
                        "empty",
                        "",
                        "quote",
                        "say \"hi\" \\ there",
                        "line",
                        "a\nts=0 level=error",
                        "control",
                        "\u001b[31m\u202eevil\u0000",
                        "umlaut",
                        "Müller")))
        .isEqualTo(
            """
            ts=2026-11-22T12:00:00.120Z level=info msg=Ready. empty="" quote="say \\"hi\\" \\\\ there" \
            line="a\\nts=0 level=error" control="\\u001b[31m\\u202eevil\\u0000" umlaut="Müller"
            """);
  }

  @Test
  void aThrowableStaysOnTheLine() {
    LogRecord entry = entry(Level.SEVERE, "Broken.");
    entry.setThrown(new IllegalStateException("why", new RuntimeException("because")));
    String line = new LogfmtFormatter(false).format(entry);
    assertThat(line.lines()).hasSize(1);
    assertThat(line)
        .contains("IllegalStateException: why")
        .contains("caused by")
        .contains("because");
  }
}
