package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Instant;
import java.util.Optional;

/// The nine metrics of the exporter of 2020, with its names, labels and HELP (that of `_dedup`
/// corrected: it never said whether deduplication is enabled).
final class CompatCollector implements Collector {
  private static final Gauge ONLINE = gauge("zfs_zpool_online", "Is the zpool online");
  private static final Gauge ERROR = gauge("zfs_zpool_error", "Is there a zpool error");
  private static final Gauge SIZE = gauge("zfs_zpool_size", "Size of zpool");
  private static final Gauge ALLOCATED = gauge("zfs_zpool_allocated", "Allocated space on zpool");
  private static final Gauge FREE = gauge("zfs_zpool_free", "Free space on zpool");
  private static final Gauge DEDUP =
      gauge("zfs_zpool_dedup", "Deduplication ratio of zpool, 1 without deduplication");
  private static final Gauge LAST_SCRUB = gauge("zfs_zpool_last_scrub", "Last zpool scrub");
  private static final Gauge LAST_SCRUB_ERRORS =
      gauge("zfs_zpool_last_scrub_errors", "Last scrub total errors on the zpool");
  private static final Gauge PARSING_ERROR =
      gauge("zfs_zpool_parsing_error", "Error when trying to parse the API data.");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "node", "name");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot.forEachPool((node, pool) -> collect(node, pool, families));
  }

  private static void collect(NodeSnapshot node, Pool pool, Families families) {
    String[] labels = {node.name(), pool.listing().name()};
    families.add(PARSING_ERROR, !isUnderstood(pool), labels);
    if (!pool.listing().nameTruncated()) {
      boolean online = pool.health() == PoolHealth.ONLINE;
      families.add(ONLINE, online, labels);
      families.add(ERROR, !online, labels);
    }
    pool.listing()
        .space()
        .ifPresent(
            space -> {
              families.add(SIZE, space.sizeBytes(), labels);
              families.add(ALLOCATED, space.allocatedBytes(), labels);
              families.add(FREE, space.freeBytes(), labels);
              families.add(DEDUP, space.deduplicationFactor(), labels);
            });
    collectLastScrub(node, pool, families, labels);
  }

  /// The scrub that the answer shows, else the one that is remembered; 0 as in 2020 where the
  /// answer was read and none is known.
  private static void collectLastScrub(
      NodeSnapshot node, Pool pool, Families families, String... labels) {
    if (!(pool.status() instanceof Reading.Ok<PoolStatus>(PoolStatus status, Instant readAt))) {
      collectRemembered(pool.scrubs(), families, labels);
      return;
    }
    Optional<Scan> scan = status.scan();
    if (scan.orElse(null) instanceof Scan.Finished shown
        && shown.subject().function() == Scan.Function.SCRUB) {
      Optional<Instant> ended = NodeDates.of(node, readAt).instantOf(shown.ended());
      families.addTime(LAST_SCRUB, ended.or(() -> remembered(pool.scrubs())), labels);
      families.add(LAST_SCRUB_ERRORS, shown.errors(), labels);
    } else if (pool.scrubs() instanceof ScrubHistory.Unknown
        && !(scan.orElse(null) instanceof Scan.Unknown)) {
      collectNone(families, labels);
    } else {
      // Of a text that is not understood neither a date nor "none" would be true.
      collectRemembered(pool.scrubs(), families, labels);
    }
  }

  private static void collectRemembered(ScrubHistory scrubs, Families families, String... labels) {
    switch (scrubs) {
      case ScrubHistory.Completed last -> {
        families.addTime(LAST_SCRUB, Optional.of(last.ended()), labels);
        families.add(LAST_SCRUB_ERRORS, last.errors(), labels);
      }
      case ScrubHistory.Never _ -> collectNone(families, labels);
      case ScrubHistory.Unknown _ -> {}
    }
  }

  private static void collectNone(Families families, String... labels) {
    families.add(LAST_SCRUB, 0, labels);
    families.add(LAST_SCRUB_ERRORS, 0, labels);
  }

  private static Optional<Instant> remembered(ScrubHistory scrubs) {
    return scrubs instanceof ScrubHistory.Completed last
        ? Optional.of(last.ended())
        : Optional.empty();
  }

  private static boolean isUnderstood(Pool pool) {
    return pool.status()
        .asOptional()
        .map(status -> !(status.scan().orElse(null) instanceof Scan.Unknown))
        .orElse(false);
  }
}
