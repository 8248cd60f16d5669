package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevErrors.Count;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VdevErrorsParserTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "1023, 1023, false",
    "58711, 58711, false",
    "1.21, 1233, true", // 1.205 × 1024 = 1233.9
    "57.3, 58624, true", // 57.25 × 1024
    "1.2, 1177, true", // 1.20K arrives without its 0: 1.15 × 1024 = 1177.6
  })
  void fractionLostItsLetter(String text, long atLeast, boolean approximate) {
    assertThat(parse(text)).contains(new Count(atLeast, approximate));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "-1", "1.", ".5", "1K", "currently", "1e3", "99999999999999999999"})
  void anythingElseIsAbsent(String text) {
    assertThat(parse(text)).isEmpty();
  }

  @Test
  void lowerBoundHoldsForEveryCounter() {
    var random = new Random(42);
    for (int round = 0; round < 20_000; round++) {
      long counter = random.nextLong(1L << random.nextInt(1, 62));
      String printed = Nicenum.print(counter);
      String arrived = ZpoolStatus.number(printed);

      Count read = parse(arrived).orElseThrow();

      assertThat(read.atLeast()).as(printed).isLessThanOrEqualTo(counter);
      if (counter < 1024) {
        assertThat(read).isEqualTo(Count.exactly(counter));
      }
    }
  }

  private static Optional<Count> parse(String text) {
    var counter = Optional.of(text);
    var row =
        new VdevRow(
            "/dev/a",
            Optional.of("ONLINE"),
            counter,
            counter,
            counter,
            Optional.empty(),
            true,
            List.of());
    return VdevErrorsParser.parse(row).map(VdevErrors::checksum);
  }
}
