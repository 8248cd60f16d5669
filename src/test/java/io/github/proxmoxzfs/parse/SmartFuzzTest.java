package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No text of smartctl makes a parser throw, or work for longer than it takes to read it. A long
/// run as in [ParserFuzzTest]: `-Dfuzz.inputs=10000000 -Dfuzz.seed=1`
class SmartFuzzTest {
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("fuzz.seed", 2020);
  private static final int LONG = 1_000_000;
  private static final List<String> IDS =
      List.of("  5", "  9", " 12", "187", "188", "190", "194", "197", "198", "199", "225", "233");

  @Test
  void noTextMakesAParserThrow() throws IOException {
    var random = new Random(SEED);
    var mutations = new Mutations(random, corpus());
    int understood = 0;
    for (int input = 0; input < INPUTS; input++) {
      SmartText text =
          new SmartText(
              true,
              random.nextBoolean() ? Optional.of("ata") : Optional.of("text"),
              mutations.next(),
              Optional.of(mutations.next() + "\n" + mutations.next()),
              List.of(
                  new SmartRow(
                      random.nextBoolean() ? pick(random, IDS) : mutations.next(),
                      mutations.next(),
                      mutations.next(),
                      random.nextBoolean() ? "100" : mutations.next(),
                      mutations.next(),
                      mutations.next(),
                      mutations.next(),
                      mutations.next())));
      try {
        understood += check(SmartParser.parse(text)) ? 1 : 0;
      } catch (RuntimeException e) {
        fail("threw on input " + input + ": " + text, e);
      }
    }
    assertThat(understood).isPositive().isLessThan(INPUTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1,",
        " ",
        "\n",
        "0 ",
        "0h+",
        "(",
        "[asc=5d, ",
        "Temp",
        "Warning",
        "Temperature: 1\n",
        "Current Drive Temperature: ",
        "Data Units Read: 1,",
        "SMART/Health Information (NVMe Log 0x02)\n",
      })
  void longTextIsReadAtOnce(String piece) {
    String text = piece.repeat(LONG / piece.length());

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String start :
              List.of(
                  "",
                  "SMART/Health Information (NVMe Log 0x02)\nData Units Read: ",
                  "Elements in grown defect list: ",
                  "Accumulated power on time, hours:minutes ")) {
            check(
                SmartParser.parse(
                    new SmartText(
                        true, Optional.of("text"), text, Optional.of(start + text), List.of())));
          }
          for (String id : IDS) {
            check(
                SmartParser.parse(
                    new SmartText(
                        true,
                        Optional.of("ata"),
                        text,
                        Optional.empty(),
                        List.of(
                            new SmartRow(id, text, text, "100", text, text, text, text),
                            new SmartRow(
                                id, "Power_On_Hours", text, "100", text, text, text, text)))));
          }
        });
  }

  /// Uses all that was read; tells whether anything was.
  private static boolean check(SmartReport report) {
    return switch (report) {
      case SmartReport.Silent _ -> false;
      case SmartReport.Told told -> {
        BigDecimal hot = told.value(SmartValue.TEMPERATURE_CELSIUS).orElse(BigDecimal.ONE);
        if (hot.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
          throw new IllegalStateException("a temperature of " + hot);
        }
        yield !told.values().isEmpty() || !told.attributes().isEmpty();
      }
    };
  }

  private static String pick(Random random, List<String> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /// The texts of all recorded answers.
  private static List<String> corpus() throws IOException {
    var texts = new TreeSet<String>();
    collect(Json.read(Files.readString(Path.of("src/test/resources/smart/answers.json"))), texts);
    return List.copyOf(texts);
  }

  private static void collect(Json value, Set<String> texts) {
    value.optionalText().ifPresent(texts::add);
    List<Json> parts = value.value() instanceof Map<?, ?> ? value.memberValues() : value.elements();
    parts.forEach(part -> collect(part, texts));
  }
}
