package io.github.proxmoxzfs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShortenedTimesTest {
  private static final Instant ORIGIN = Instant.ofEpochSecond(1_000_000);

  @Test
  void eachTimeIsASixtieth() {
    assertThat(
            ShortenedTimes.of(
                """
                for: 10m
                keep_firing_for: 2h
                interval: 4m
                group_wait: 1m
                repeat_interval: 3d
                expr: max_over_time(up[5m]) == 0 unless last_over_time(x[1d] offset 7d) > 0
                expr: predict_linear(y[14d], 60 * 86400) >= 1
                expr: time() - last_over_time(z[1h]) > 40 * 86400
                """,
                ORIGIN))
        .isEqualTo(
            """
            for: 10s
            keep_firing_for: 120s
            interval: 4s
            group_wait: 1s
            repeat_interval: 4320s
            expr: max_over_time(up[5s]) == 0 unless last_over_time(x[1440s] offset 10080s) > 0
            expr: predict_linear(y[20160s], 60 * 1440) >= 1
            expr: (60 * time() - 59 * 1000000) - last_over_time(z[60s]) > 40 * 86400
            """);
  }

  @Test
  void aSlowerClockShortensThemLess() {
    assertThat(ShortenedTimes.of("for: 90s\nexpr: time() - x[1m]", ORIGIN, 30))
        .isEqualTo("for: 3s\nexpr: (30 * time() - 29 * 1000000) - x[2s]");
  }

  @Test
  void nothingIsRoundedAway() {
    assertThatThrownBy(() -> ShortenedTimes.of("for: 90s", ORIGIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not full seconds at 60: for: 90s");
  }

  /// A time in a form that is not known would stay as it is.
  @Test
  void noTimeOfTheRulesIsOverlooked() throws IOException {
    Pattern time = Pattern.compile("(?<![\\w.])\\d+[mhdwy]\\b");
    for (Path file : rules()) {
      String shortened = ShortenedTimes.of(Files.readString(file), ORIGIN);
      assertThat(shortened.lines().filter(line -> !line.strip().startsWith("#")))
          .as(file.toString())
          .noneMatch(line -> time.matcher(line).find());
    }
  }

  @Test
  void allRulesAreShipped() throws IOException {
    assertThat(Watchers.RULES.stream().map(name -> "zfs-" + name + ".rules.yml"))
        .containsExactlyInAnyOrderElementsOf(
            rules().stream().map(file -> file.getFileName().toString()).toList());
    for (String name : Watchers.RULES) {
      assertThat(Watchers.class.getResource("rules/zfs-" + name + ".rules.yml")).isNotNull();
    }
    assertThat(Watchers.class.getResource("alertmanager.yml")).isNotNull();
  }

  private static List<Path> rules() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("monitoring/rules"))) {
      return files.toList();
    }
  }
}
