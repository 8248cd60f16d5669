package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each recorded state of real pools, read over HTTPS as in production: `zfs_zpool_last_scrub` is
/// ZFS's own epoch where the API shows a finished scrub, and 0 everywhere else.
class RecordedStatesTest {
  private static final Path RECORDED = Path.of("src/test/resources/zpool");
  private static final Pattern SCAN = Pattern.compile("\"scan\":\"([^\"]*)\"");
  private static final Pattern FINISHED_SCRUB =
      Pattern.compile("scrub repaired .* with (\\d+) errors on (.{24})");
  private static final Pattern TRUTH =
      Pattern.compile("\"scan_stats\":\\{\"function\":\"SCRUB\",[^}]*\"end_time\":(\\d+)");

  /// A pool of a recorded state.
  ///
  /// @param state the state's folder
  /// @param pool the pool's name
  /// @param statusCode the API's status for the pool
  /// @param answer the API's body for the pool; empty where the status is not 200
  record Recorded(Path state, String pool, int statusCode, String answer) {
    @Override
    public String toString() {
      return RECORDED.relativize(state) + " " + pool;
    }

    String read(String file) {
      return RecordedStatesTest.read(state.resolve(file));
    }

    Instant readAt() {
      return Instant.ofEpochSecond(Long.parseLong(field("time")));
    }

    ZoneId zone() {
      return ZoneId.of(field("timezone"));
    }

    private String field(String name) {
      Matcher field =
          Pattern.compile("\"" + name + "\": \"?([^\",}]+)").matcher(read("node-time.json"));
      assertThat(field.find()).isTrue();
      return field.group(1);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<Recorded> pools() throws IOException {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      return files
          .filter(file -> file.getFileName().toString().equals("api-status.txt"))
          .sorted()
          .flatMap(RecordedStatesTest::poolsOfState)
          .toList();
    }
  }

  /// The file's lines are `STATUS list` and `STATUS POOL`.
  private static Stream<Recorded> poolsOfState(Path statusFile) {
    Path state = statusFile.getParent();
    return read(statusFile)
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(line -> !line[1].equals("list"))
        .map(
            line ->
                new Recorded(
                    state,
                    line[1],
                    Integer.parseInt(line[0]),
                    line[0].equals("200")
                        ? read(state.resolve("api-zfs-" + line[1] + ".json"))
                        : ""));
  }

  @Test
  void noStateIsMissing() throws IOException {
    List<Recorded> pools = pools();
    assertThat(pools).hasSizeGreaterThanOrEqualTo(100);
    assertThat(pools.stream().map(Recorded::zone).distinct().map(ZoneId::getId))
        .contains("Etc/UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
    assertThat(pools.stream().filter(pool -> SCAN.matcher(pool.answer()).find()).count())
        .isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("pools")
  void theLastScrubIsWhatZfsItselfSays(Recorded recorded) {
    Map<String, Double> samples = Samples.of(scrape(recorded));
    String labels = "[name=\"" + recorded.pool().strip() + "\", node=\"pve1\"]";
    if (recorded.statusCode() != 200) {
      assertThat(samples).doesNotContainKey("zfs_zpool_last_scrub" + labels);
      return;
    }
    Matcher scan = SCAN.matcher(recorded.answer());
    Matcher scrub = FINISHED_SCRUB.matcher(scan.find() ? scan.group(1) : "");
    boolean finished = scrub.lookingAt();
    assertThat(samples)
        .containsEntry("zfs_zpool_parsing_error" + labels, 0.0)
        .containsEntry(
            "zfs_zpool_last_scrub" + labels,
            finished ? (double) endOfScrub(recorded, scrub.group(2)) : 0.0)
        .containsEntry(
            "zfs_zpool_last_scrub_errors" + labels,
            finished ? Double.parseDouble(scrub.group(1)) : 0.0);
  }

  private static String scrape(Recorded recorded) {
    String path = "/nodes/pve1/disks/zfs";
    Scenario scenario =
        Scenario.builder("recorded")
            .node("pve1", recorded.zone())
            .answer(path, recorded.read("api-zfs-list.json"))
            .answer(
                path + "/" + recorded.pool(),
                recorded.statusCode() == 200
                    ? Answer.json(recorded.answer())
                    : Answer.error(recorded.statusCode(), "not implemented"))
            .build();
    try (var scrape = new SimulatedScrape(scenario, recorded.readAt())) {
      return scrape.metrics();
    }
  }

  /// ZFS's own epoch; 2.1.11 has no JSON, so there the epoch of text and zone.
  private static long endOfScrub(Recorded recorded, String date) {
    String truthFile = "truth-" + recorded.pool() + ".json";
    if (Files.exists(recorded.state().resolve(truthFile))) {
      Matcher truth = TRUTH.matcher(recorded.read(truthFile));
      assertThat(truth.find()).isTrue();
      return Long.parseLong(truth.group(1));
    }
    assertThat(recorded.state().getParent().getFileName()).hasToString("2.1.11");
    return LocalDateTime.parse(
            date.replace("  ", " "),
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT))
        .atZone(recorded.zone())
        .toEpochSecond();
  }
}
