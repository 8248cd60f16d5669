package io.github.proxmoxzfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {
  @Test
  void theStartIsToldWhereItCanBeKnown() {
    assertThat(ProcessMetrics.startedAt(Path.of("/proc/stat"), ProcessHandle.current().info()))
        .hasValueSatisfying(
            start ->
                assertThat(start)
                    .isBetween(Instant.now().minus(Duration.ofDays(1)), Instant.now()));
  }

  @Test
  void theStartIsAbsentWhereTheSystemsIsHidden() {
    assertThat(ProcessMetrics.startedAt(Path.of("/proc/hidden"), ProcessHandle.current().info()))
        .isEmpty();
  }
}
