package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What of a cluster's pools is kept across restarts, in two sections:
///
/// * `pools 1`: node, pool, when it was last listed, for how long it was seen to be missing since;
///   the latter two cut to the hour, so that the file changes seldom;
/// * `scrubs 1`: node, pool, and of its last completed scrub the end, errors, repaired bytes and
///   duration, each of the last three `-` where it is absent.
///
/// Times and durations are those of ISO 8601. [DiskSections] follow. Sections of other names are
/// passed over.
final class PoolSections {
  private static final String POOLS = "pools 1";
  private static final String SCRUBS = "scrubs 1";
  private static final String ABSENT = "-";

  /// No pool is told as missing for longer.
  private static final Duration MOST_MISSING = Duration.ofDays(100 * 366);

  private PoolSections() {}

  /// The text of a file that holds what is to be kept.
  static String write(Recollection memory) {
    return write(memory, disks(memory));
  }

  /// The part of the file that holds what is to be kept of disks.
  static String disks(Recollection memory) {
    return MemoryText.body(DiskSections.write(memory.disks()));
  }

  /// The text of a file of which a part is there already: disks change seldom, and there are many.
  static String write(Recollection memory, String disks) {
    var pools = new ArrayList<List<String>>();
    var scrubs = new ArrayList<List<String>>();
    memory
        .pools()
        .forEach(
            (key, pool) -> {
              pools.add(
                  List.of(
                      key.node(),
                      key.pool(),
                      pool.listedAt().truncatedTo(ChronoUnit.HOURS).toString(),
                      pool.missing().truncatedTo(ChronoUnit.HOURS).toString()));
              pool.scrub()
                  .ifPresent(
                      scrub ->
                          scrubs.add(
                              List.of(
                                  key.node(),
                                  key.pool(),
                                  scrub.ended().toString(),
                                  number(scrub.errors()),
                                  number(scrub.repairedBytes()),
                                  scrub.duration().map(Duration::toString).orElse(ABSENT))));
            });
    return MemoryText.write(
        MemoryText.body(
            List.of(new MemoryText.Section(POOLS, pools), new MemoryText.Section(SCRUBS, scrubs))),
        disks);
  }

  /// What a file holds.
  ///
  /// @throws MalformedMemoryException if it is not what [#write] writes
  static Recollection read(byte[] file) throws MalformedMemoryException {
    var pools = new TreeMap<PoolKey, RememberedPool>();
    var disks = new DiskSections.Reader();
    for (MemoryText.Section section : MemoryText.read(file)) {
      for (List<String> row : section.rows()) {
        try {
          switch (section.name()) {
            case POOLS -> readPool(row, pools);
            case SCRUBS -> readScrub(row, pools);
            default -> disks.read(section.name(), row);
          }
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException notOurs) {
          throw new MalformedMemoryException("a row of its section " + section.name() + " is odd");
        }
      }
    }
    if (pools.size() > Recollection.MOST_POOLS) {
      throw new MalformedMemoryException("it holds too many pools");
    }
    return new Recollection(pools, Map.of(), disks.disks());
  }

  private static void readPool(List<String> row, Map<PoolKey, RememberedPool> pools) {
    Duration missing = Duration.parse(row.get(3));
    if (missing.isNegative() || missing.compareTo(MOST_MISSING) > 0) {
      throw new DateTimeException("a duration that cannot be");
    }
    pools.put(
        new PoolKey(row.get(0), row.get(1)),
        RememberedPool.listed(Instant.parse(row.get(2))).missingFor(missing));
  }

  private static void readScrub(List<String> row, Map<PoolKey, RememberedPool> pools) {
    var scrub =
        new ScrubHistory.Completed(
            Instant.parse(row.get(2)),
            number(row.get(3)),
            number(row.get(4)),
            row.get(5).equals(ABSENT) ? Optional.empty() : Optional.of(Duration.parse(row.get(5))));
    pools.computeIfPresent(
        new PoolKey(row.get(0), row.get(1)),
        (_, pool) -> pool.after(scrub, Instant.MIN, Instant.MIN));
  }

  private static String number(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : ABSENT;
  }

  private static OptionalLong number(String field) {
    return field.equals(ABSENT) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(field));
  }
}
