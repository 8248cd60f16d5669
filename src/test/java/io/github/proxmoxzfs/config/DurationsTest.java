package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "1h30m, PT1H30M",
    "7d, PT168H",
    "1y2w3d4h5m6s7ms, PT9172H5M6.007S",
    "0s, PT0S"
  })
  void durationsAreWrittenAsPrometheusWritesThem(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "s", "30 s", "-1s", "1.5h", "30m1h", "1s1s", "9999999999s", "1S"})
  void otherTextsMeanNone(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
