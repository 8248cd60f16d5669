package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.Condensing;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.Expansion;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Removal;
import io.github.proxmoxzfs.domain.Scan;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The fields `remove`, `expand`, `checkpoint` and `condense`, and how fields become a pool.
class PoolFieldParsersTest {
  private static final LocalDateTime MONDAY = LocalDateTime.of(2025, 7, 7, 3, 0, 0);

  static Stream<Arguments> removals() {
    return Stream.of(
        arguments(
            "Removal of vdev 1 copied 12.1G in 1h5m, completed on Mon Jul  7 03:00:00 2025 69.6K"
                + " memory used for removed device mappings",
            new Removal.Finished(
                OptionalLong.of(1),
                OptionalLong.of(12_992_276_070L),
                Optional.of(Duration.ofMinutes(65)),
                MONDAY,
                OptionalLong.of(71_270))),
        arguments(
            "Removal of vdev 0 copied 552 in 0h0m, completed on Mon Jul  7 03:00:00 2025",
            new Removal.Finished(
                OptionalLong.of(0),
                OptionalLong.of(552),
                Optional.of(Duration.ZERO),
                MONDAY,
                OptionalLong.empty())),
        arguments(
            "Removal of /dev/disk/by-id/ata-X-part1 canceled on Mon Jul  7 03:00:00 2025",
            new Removal.Canceled("/dev/disk/by-id/ata-X-part1", MONDAY)),
        arguments(
            "Removal of mirror canceled on Mon Jul  7 03:00:00 2025 69.6K memory used for removed"
                + " device mappings",
            new Removal.Canceled("mirror", MONDAY)),
        arguments(
            "Evacuation of mirror in progress since Mon Jul  7 03:00:00 2025 96K copied out of"
                + " 150M at 13.7K/s, 0.06% done, 3h6m to go",
            new Removal.InProgress(
                "mirror",
                MONDAY,
                OptionalLong.of(98_304),
                OptionalLong.of(157_286_400),
                OptionalLong.of(14_029),
                OptionalDouble.of(0.0006),
                Optional.of(Duration.ofMinutes(186)))),
        arguments(
            "Evacuation of mirror in progress since Mon Jul  7 03:00:00 2025 0 copied out of 0 at"
                + " 0/s, -nan% done, (copy is slow, no estimated time) 69.6K memory used for"
                + " removed device mappings",
            new Removal.InProgress(
                "mirror",
                MONDAY,
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalLong.of(0),
                OptionalDouble.empty(),
                Optional.empty())),
        arguments("Removal of", new Removal.Unknown("Removal of")),
        arguments("Removal is over", new Removal.Unknown("Removal is over")));
  }

  @ParameterizedTest
  @MethodSource("removals")
  void removalsAreRead(String text, Removal expected) {
    assertThat(RemovalParser.parse(text)).isEqualTo(expected);
  }

  static Stream<Arguments> expansions() {
    return Stream.of(
        arguments(
            "expanded raidz1-0 copied 900G in 1 days 03:46:40, on Mon Jul  7 03:00:00 2025",
            new Expansion.Finished(
                "raidz1-0",
                OptionalLong.of(966_367_641_600L),
                Optional.of(Duration.ofSeconds(100_000)),
                MONDAY)),
        arguments(
            "expansion of raidz1-0 in progress since Mon Jul  7 03:00:00 2025 111M / 601M copied"
                + " at 2.52M/s, 18.41% done, 00:03:15 to go",
            expanding(0.1841, Optional.of(Duration.ofSeconds(195)), false)),
        arguments(
            "expansion of raidz1-0 in progress since Mon Jul  7 03:00:00 2025 111M / 601M copied"
                + " at 2.52M/s, 18.41% done, paused for resilver or clear",
            expanding(0.1841, Optional.empty(), true)),
        arguments(
            "expansion of raidz1-0 in progress since Mon Jul  7 03:00:00 2025 111M / 601M copied"
                + " at 2.52M/s, 18.41% done, (copy is slow, no estimated time)",
            expanding(0.1841, Optional.empty(), false)),
        arguments("expanded", new Expansion.Unknown("expanded")),
        arguments("expansion of raidz1-0", new Expansion.Unknown("expansion of raidz1-0")));
  }

  private static Expansion expanding(
      double progress, Optional<Duration> remaining, boolean paused) {
    return new Expansion.InProgress(
        "raidz1-0",
        MONDAY,
        OptionalLong.of(116_391_936),
        OptionalLong.of(630_194_176),
        OptionalLong.of(2_642_412),
        OptionalDouble.of(progress),
        remaining,
        paused);
  }

  @ParameterizedTest
  @MethodSource("expansions")
  void expansionsAreRead(String text, Expansion expected) {
    assertThat(ExpansionParser.parse(text)).isEqualTo(expected);
  }

  static Stream<Arguments> checkpoints() {
    return Stream.of(
        arguments(
            "created Mon Jul  7 03:00:00 2025, consumes 1.50G",
            new Checkpoint.Exists(MONDAY, OptionalLong.of(1_610_612_736))),
        arguments(
            "discarding, 132K remaining.", new Checkpoint.Discarding(OptionalLong.of(135_168))),
        arguments("discarding", new Checkpoint.Unknown("discarding")),
        arguments("created yesterday", new Checkpoint.Unknown("created yesterday")));
  }

  @ParameterizedTest
  @MethodSource("checkpoints")
  void checkpointsAreRead(String text, Checkpoint expected) {
    assertThat(CheckpointParser.parse(text)).isEqualTo(expected);
  }

  static Stream<Arguments> condensings() {
    return Stream.of(
        arguments(
            "log_spacemap: condensing, 3/10 metaslabs done in 00:00:05",
            new Condensing.InProgress(
                "log_spacemap",
                OptionalLong.of(3),
                OptionalLong.of(10),
                Optional.of(Duration.ofSeconds(5)))),
        arguments(
            "log_spacemap: cancelled, 3/10 metaslabs done in 00:00:05",
            new Condensing.Canceled("log_spacemap")),
        arguments(
            "log_spacemap: cancelled, 3 metaslabs done in 00:00:05",
            new Condensing.Canceled("log_spacemap")),
        arguments(
            "log_spacemap: done, 10 items done in 1 days 00:00:05",
            new Condensing.Finished(
                "log_spacemap", OptionalLong.of(10), Optional.of(Duration.ofSeconds(86_405)))),
        arguments("log_spacemap: thinking", new Condensing.Unknown("log_spacemap: thinking")));
  }

  @ParameterizedTest
  @MethodSource("condensings")
  void condensingsAreRead(String text, Condensing expected) {
    assertThat(CondensingParser.parse(text)).isEqualTo(expected);
  }

  @Test
  void eachTextThatIsNotUnderstoodIsNamedByItsField() {
    var fields =
        Map.of(
            "state", "SOGGY",
            "scan", "scan text",
            "scrub", "scrub text",
            "errors", "errors text",
            "status", "status text",
            "remove", "remove text",
            "expand", "expand text",
            "checkpoint", "checkpoint text",
            "condense", "condense text",
            "comment", "a text of the administrator's");

    PoolStatus status = PoolStatusParser.parse(new PoolStatusText(fields, List.of()));

    assertThat(status.unknownTexts())
        .isEqualTo(
            Map.of(
                "state", "SOGGY",
                "scan", "scan text",
                "scrub", "scrub text",
                "errors", "errors text",
                "status", "status text",
                "remove", "remove text",
                "expand", "expand text",
                "checkpoint", "checkpoint text",
                "condense", "condense text"));
    assertThat(status.health()).isEqualTo(PoolHealth.UNKNOWN);
    assertThat(status.scan()).contains(new Scan.Unknown("scan text"));
  }

  @Test
  void nothingAtAllIsAPoolOfWhichNothingIsKnown() {
    assertThat(PoolStatusParser.parse(new PoolStatusText(Map.of(), List.of())))
        .isEqualTo(
            new PoolStatus(
                PoolHealth.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                new DataErrors.Unavailable()));
  }
}
