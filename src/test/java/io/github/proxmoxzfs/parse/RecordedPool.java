package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.PoolStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A pool of real OpenZFS in a state it was driven into: `zpool/VERSION/STATE/` of the test
/// resources.
///
/// @param version the release of OpenZFS
/// @param state the state's name
/// @param pool the pool's name
/// @param folder where its files are
record RecordedPool(String version, String state, String pool, Path folder) {
  private static final Path FOLDER = Path.of("src/test/resources/zpool");

  /// All that were recorded.
  static List<RecordedPool> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("api-zfs-.*\\.json"))
          .filter(file -> !file.getFileName().toString().equals("api-zfs-list.json"))
          .map(RecordedPool::of)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RecordedPool of(Path file) {
    Path folder = requireNonNull(file.getParent());
    Path version = requireNonNull(folder.getParent());
    String pool = file.getFileName().toString().replaceAll("api-zfs-(.*)\\.json", "$1");
    return new RecordedPool(
        version.getFileName().toString(), folder.getFileName().toString(), pool, folder);
  }

  /// What the API answered.
  PoolStatusText text() {
    Json data = json("api-zfs-" + pool + ".json").at("data");
    var fields = new HashMap<String, String>();
    data.members()
        .forEach(
            (name, value) -> new Json(value).optionalText().ifPresent(t -> fields.put(name, t)));
    return new PoolStatusText(fields, rows(data.at("children")));
  }

  PoolStatus parse() {
    return PoolStatusParser.parse(text());
  }

  /// ZFS's own numbers; not of 2.1, which cannot print JSON.
  Json truth() {
    String file = "truth-" + pool + ".json";
    return Files.exists(folder.resolve(file)) ? json(file).at("pools").at(pool) : new Json(null);
  }

  /// Reads `exact-` (counters in full) or `status-` and the pool's name.
  String output(String kind) {
    return read(kind + pool + ".txt");
  }

  /// A time of ZFS's as the node's local one.
  LocalDateTime local(long epochSeconds) {
    String zone = json("node-time.json").at("timezone").text();
    return LocalDateTime.ofInstant(Instant.ofEpochSecond(epochSeconds), ZoneId.of(zone));
  }

  private Json json(String file) {
    return Json.read(read(file));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<VdevRow> rows(Json children) {
    return children.elements().stream().map(RecordedPool::row).toList();
  }

  private static VdevRow row(Json row) {
    return new VdevRow(
        row.at("name").text(),
        row.at("state").optionalText(),
        counter(row.at("read")),
        counter(row.at("write")),
        counter(row.at("cksum")),
        row.at("msg").optionalText(),
        row.at("leaf").number() == 1,
        rows(row.at("children")));
  }

  private static Optional<String> counter(Json number) {
    return Optional.ofNullable(number.value())
        .map(value -> new BigDecimal(value.toString()).stripTrailingZeros().toPlainString());
  }

  @Override
  public String toString() {
    return version + "/" + state + "/" + pool;
  }
}
