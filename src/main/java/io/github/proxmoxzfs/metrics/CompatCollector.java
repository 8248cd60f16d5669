package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
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
    if (pool.status() instanceof Reading.Ok<PoolStatus>(PoolStatus status, Instant readAt)) {
      collectLastScrub(status.scan(), readAt, node.clock(), labels, families);
    }
  }

  private static void collectLastScrub(
      Optional<Scan> scan,
      Instant readAt,
      Reading<NodeClock> nodeClock,
      String[] labels,
      Families families) {
    if (scan.orElse(null) instanceof Scan.Unknown) {
      // It may be a scrub: neither a date nor "none" would be true.
      return;
    }
    if (scan.orElse(null) instanceof Scan.Finished scrub
        && scrub.subject().function() == Scan.Function.SCRUB) {
      families.add(LAST_SCRUB_ERRORS, scrub.errors(), labels);
      nodeClock
          .asOptional()
          .map(clock -> clock.instantOf(scrub.ended(), readAt))
          .ifPresent(ended -> families.add(LAST_SCRUB, ended.getEpochSecond(), labels));
    } else {
      families.add(LAST_SCRUB, 0, labels);
      families.add(LAST_SCRUB_ERRORS, 0, labels);
    }
  }

  private static boolean isUnderstood(Pool pool) {
    return pool.status()
        .asOptional()
        .map(status -> !(status.scan().orElse(null) instanceof Scan.Unknown))
        .orElse(false);
  }
}
