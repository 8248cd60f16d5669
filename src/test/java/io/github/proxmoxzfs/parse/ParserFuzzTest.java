package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Scan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No text makes a parser throw, or work for longer than it takes to read it.
///
/// The suite tries few inputs, always the same. A long run: `mvn test -Dtest=ParserFuzzTest
/// -Dfuzz.inputs=10000000 -Dfuzz.seed=1`
class ParserFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 2020);
  private static final int LONG = 1_000_000;

  /// Rows of an [#answer] that are neither a section's nor perhaps the pool's.
  private static final int VDEVS = 4;

  @Test
  void noTextMakesAParserThrow() {
    var mutations = new Mutations(new Random(SEED), corpus());
    int understood = 0;
    for (int input = 0; input < INPUTS; input++) {
      String text = mutations.next();
      PoolStatusText answer = answer(text, mutations.next(), mutations.next());
      try {
        understood += check(PoolStatusParser.parse(answer), text) ? 1 : 0;
      } catch (RuntimeException e) {
        fail("threw on input " + input + ": " + answer, e);
      }
    }
    // Mutations that all fail at the first letter would prove little.
    assertThat(understood).isPositive().isLessThan(INPUTS);
  }

  /// Each of these takes hours where time grows with the square of the length.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        " ",
        "  ",
        "a",
        "(",
        ") ",
        ". ",
        "One or more devices ",
        "scan warning: ",
        " scan warning: ",
        "scrub repaired 0B in ",
        "resilver (",
        "Removal of ",
        "was /dev/a  ",
        "(resilvering)  ",
        "pool '",
        "/",
      })
  void longTextIsReadAtOnce(String piece) {
    String text = piece.repeat(LONG / piece.length());

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String start : List.of("", "scrub repaired ", "resilver (", "Evacuation of ")) {
            check(PoolStatusParser.parse(answer(start + text, text, text)), start + text);
          }
        });
  }

  @Test
  void longTableIsReadAtOnce() {
    var rows = new ArrayList<VdevRow>();
    for (int row = 0; row < 100_000; row++) {
      rows.add(row(Integer.toString(row), "UNAVAIL", "was /dev/" + row % 1_000, "0"));
    }

    PoolStatus status =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> PoolStatusParser.parse(new PoolStatusText(Map.of(), rows)));

    assertThat(status.vdevs()).hasSize(100_000);
  }

  /// Uses all that was read; tells whether the scan was understood. Plain comparisons, as this runs
  /// millions of times.
  private static boolean check(PoolStatus status, String text) {
    status.vdevs().forEach(status::redundancyOf);
    boolean unknown = status.scan().orElseThrow() instanceof Scan.Unknown;
    boolean reported = text.equals(status.unknownTexts().get("scan"));
    if (unknown != reported || status.allVdevs().count() < VDEVS) {
      throw new IllegalStateException("an unknown text is not reported, or a row is lost");
    }
    return !unknown;
  }

  private static PoolStatusText answer(String text, String message, String name) {
    var fields =
        Map.of(
            "scan", text,
            "scrub", text,
            "errors", text,
            "status", text,
            "see", text,
            "state", text,
            "remove", text,
            "expand", text,
            "checkpoint", text,
            "condense", text);
    VdevRow leaf = row(name, "ONLINE", message, text);
    VdevRow spares =
        new VdevRow(
            "spares",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(""),
            false,
            List.of(row(name, "INUSE", message, "0")));
    return new PoolStatusText(
        fields, List.of(row(message, name, text, "1.5", leaf, leaf), leaf, spares));
  }

  private static VdevRow row(
      String name, String state, String message, String counter, VdevRow... rows) {
    return new VdevRow(
        name,
        Optional.of(state),
        Optional.of(counter),
        Optional.of(counter),
        Optional.of(counter),
        Optional.of(message),
        rows.length == 0,
        List.of(rows));
  }

  /// All that was recorded, and the cases of [ScanParserTest].
  private static List<String> corpus() {
    var texts = new TreeSet<String>();
    for (RecordedPool recorded : RecordedPool.all()) {
      texts.addAll(recorded.text().fields().values());
      recorded.text().children().forEach(row -> collect(row, texts));
    }
    ScanParserTest.finished().forEach(test -> texts.add((String) requireNonNull(test.get()[1])));
    ScanParserTest.underWay().forEach(test -> texts.add((String) requireNonNull(test.get()[1])));
    return List.copyOf(texts);
  }

  private static void collect(VdevRow row, Set<String> texts) {
    texts.add(row.name());
    row.message().ifPresent(texts::add);
    row.children().forEach(child -> collect(child, texts));
  }
}
