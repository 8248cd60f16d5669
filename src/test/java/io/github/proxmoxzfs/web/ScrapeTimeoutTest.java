package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeTimeoutTest {
  @ParameterizedTest
  @CsvSource({
    "10,    PT30S, PT9.5S",
    "60,    PT30S, PT30S",
    "1.25,  PT30S, PT0.75S",
    "1,     PT30S, PT0.5S",
    "0.6,   PT30S, PT0.3S",
    "0,     PT30S, PT9.5S",
    "0.0,   PT30S, PT9.5S",
    "0.0001,PT30S, PT0.0005S",
    "1e-300,PT30S, PT0.0005S",
    "10,    PT5S,  PT5S"
  })
  void theHeaderLessTheOffsetCappedByTheClusters(String header, Duration limit, Duration expected)
      throws BadRequestException {
    assertThat(ScrapeTimeout.of(Optional.of(header), limit)).isEqualTo(expected);
  }

  @Test
  void withoutTheHeaderItIsNineAndAHalfSeconds() throws BadRequestException {
    assertThat(ScrapeTimeout.of(Optional.empty(), Duration.ofMinutes(1)))
        .isEqualTo(Duration.ofMillis(9500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ten", "-1", "NaN", "Infinity", "1e400", "10s"})
  void anythingElseIsRefused(String header) {
    assertThatThrownBy(() -> ScrapeTimeout.of(Optional.of(header), Duration.ofMinutes(1)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining(ScrapeTimeout.HEADER);
  }
}
