package io.github.proxmoxzfs.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// docs/faults.md is made of the table that [FaultMatrixTest] plays. `-Dgolden.write=true` writes
/// it anew.
class FaultPageTest {
  private static final Path PAGE = Path.of("docs/faults.md");

  /// Made by `scrape.FaultsBesideTest`.
  private static final Path BESIDE = Path.of("src/test/resources/faults/beside.md");

  private static final Path TEXT = Path.of("src/test/resources/faults/page.md");

  @Test
  void thePageShowsWhatIsPlayed() throws IOException {
    String page =
        Files.readString(TEXT)
            .replace("{{alone}}\n", table(1))
            .replace("{{with another}}\n", table(2))
            .replace("{{beside}}\n", Files.readString(BESIDE));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String table(int endpoints) {
    var table = new StringBuilder("| |");
    for (Phase phase : Phase.values()) {
      table.append(' ').append(phase.label()).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(Phase.values().length)).append('\n');
    for (Fault fault : Faults.ALL) {
      table.append("| ").append(fault.description()).append(" | ");
      table.append(
          Arrays.stream(Phase.values())
              .map(phase -> cell(fault.expected(phase, endpoints)))
              .collect(Collectors.joining(" | ")));
      table.append(" |\n");
    }
    return table.toString();
  }

  private static String cell(String expected) {
    return expected.equals(Fault.NOTHING)
        ? "–"
        : Arrays.stream(expected.split("\\|", -1))
            .map(reason -> "`" + reason + "`")
            .collect(Collectors.joining(" or "));
  }
}
