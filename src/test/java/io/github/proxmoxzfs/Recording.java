package io.github.proxmoxzfs;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A recorded state of real pools: `zpool/VERSION/STATE/` of the test resources.
///
/// @param folder where its files are
record Recording(Path folder) {
  private static final Path RECORDED = Path.of("src/test/resources/zpool");
  private static final String LIST = "/nodes/pve1/disks/zfs";

  /// The node that the pools are played on.
  static final String NODE = "pve1";

  /// A pool of the state.
  ///
  /// @param name its name
  /// @param statusCode the status with which the API answers for it
  record RecordedPool(String name, int statusCode) {
    private String inFileName() {
      return name.replace(" ", "%20");
    }
  }

  static List<Recording> all() {
    try (Stream<Path> files = Files.walk(RECORDED)) {
      return files
          .filter(file -> file.getFileName().toString().equals("api-status.txt"))
          .map(file -> new Recording(requireNonNull(file.getParent())))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The pools of which the API was asked; the file's lines are `STATUS list` and `STATUS POOL`.
  List<RecordedPool> pools() {
    return read("api-status.txt")
        .lines()
        .map(line -> line.split(" ", 2))
        .filter(line -> !line[1].equals("list"))
        .map(line -> new RecordedPool(line[1], Integer.parseInt(line[0])))
        .toList();
  }

  Instant recordedAt() {
    return Instant.ofEpochSecond(Long.parseLong(clock("time")));
  }

  ZoneId zone() {
    return ZoneId.of(clock("timezone"));
  }

  private String clock(String field) {
    Matcher value =
        Pattern.compile("\"" + field + "\": \"?([^\",}]+)").matcher(read("node-time.json"));
    if (!value.find()) {
      throw new AssertionError("node-time.json has no " + field);
    }
    return value.group(1);
  }

  /// What ZFS itself knows of a pool: its JSON, of releases that print none its texts.
  Truth truthOf(RecordedPool pool) {
    String name = pool.inFileName();
    return Files.exists(folder.resolve("truth-" + name + ".json"))
        ? TruthFromJson.read(read("truth-" + name + ".json"), pool.name(), recordedAt())
        : TruthFromText.read(
            read("status-" + name + ".txt"), read("exact-" + name + ".txt"), zone());
  }

  /// The pool's row of `zpool list`: name, size, allocated, free, fragmentation, deduplication,
  /// health.
  List<String> listRowOf(RecordedPool pool) {
    return read("list.txt")
        .lines()
        .map(line -> List.of(line.split("\t", -1)))
        .filter(row -> row.getFirst().equals(pool.name()))
        .findFirst()
        .orElseThrow();
  }

  /// The series of one scrape of the state, over HTTPS as in production.
  Map<String, Double> scrape() {
    var scenario =
        Scenario.builder("recorded").node(NODE, zone()).answer(LIST, read("api-zfs-list.json"));
    for (RecordedPool pool : pools()) {
      scenario.answer(
          LIST + "/" + pool.name(),
          pool.statusCode() == 200
              ? Answer.json(read("api-zfs-" + pool.inFileName() + ".json"))
              : Answer.error(pool.statusCode(), "not implemented"));
    }
    try (var scrape = new SimulatedScrape(scenario.build(), recordedAt())) {
      return Samples.of(scrape.metrics());
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return RECORDED.relativize(folder).toString();
  }
}
