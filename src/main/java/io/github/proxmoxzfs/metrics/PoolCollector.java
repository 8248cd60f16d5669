package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Instant;

/// The pools: health, space, what could not be read.
final class PoolCollector implements Collector {
  private static final Gauge HEALTH =
      gauge(
          "zfs_pool_health",
          "Health of the pool: 0 online, 1 degraded, 2 faulted, 3 offline, 4 unavail, 5 removed,"
              + " 6 suspended; absent for a state that is not known.");
  private static final Gauge STATE =
      Gauge.of(
          "zfs_pool_state",
          "Whether the pool is in this state (1) or not (0); one state is 1.",
          "node",
          "pool",
          "state");
  private static final Gauge UP =
      gauge("zfs_pool_up", "Whether the pool's own answer was read (1) or not (0).");
  private static final Gauge FAILURE =
      Gauge.of(
          "zfs_pool_failure",
          "1 while the pool's own answer cannot be read, for this reason.",
          "node",
          "pool",
          "reason");
  private static final Gauge READ_TIMESTAMP =
      gauge(
          "zfs_pool_read_timestamp_seconds",
          "When the pool's own answer was read, in seconds since the epoch.");
  private static final Gauge SIZE =
      gauge("zfs_pool_size_bytes", "Size of the pool in bytes, raw: parity of raidz included.");
  private static final Gauge ALLOCATED =
      gauge("zfs_pool_allocated_bytes", "Allocated space of the pool in bytes, raw.");
  private static final Gauge FREE =
      gauge("zfs_pool_free_bytes", "Free space of the pool in bytes, raw.");
  private static final Gauge CAPACITY =
      gauge("zfs_pool_capacity_ratio", "Allocated space as a ratio of the size, 0 to 1.");
  private static final Gauge FRAGMENTATION =
      gauge(
          "zfs_pool_fragmentation_ratio",
          "Fragmentation of the free space, 0 to 1; 0 may also mean that ZFS knows none.");
  private static final Gauge DEDUPLICATION =
      gauge(
          "zfs_pool_deduplication_ratio",
          "Bytes stored per byte referenced: 1 without deduplication, less with it.");
  private static final Gauge DATA_ERRORS =
      gauge("zfs_pool_data_errors", "Number of blocks with permanent errors.");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "node", "pool");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot.forEachPool((node, pool) -> collect(node, pool, families));
  }

  private static void collect(NodeSnapshot node, Pool pool, Families families) {
    String nodeName = node.name();
    String poolName = pool.listing().name();
    if (!pool.listing().nameTruncated()) {
      collectHealth(pool.health(), nodeName, poolName, families);
    }
    pool.listing().space().ifPresent(space -> collectSpace(space, nodeName, poolName, families));
    switch (pool.status()) {
      case Reading.Ok<PoolStatus>(PoolStatus status, Instant readAt) -> {
        families.add(UP, true, nodeName, poolName);
        families.add(READ_TIMESTAMP, Seconds.ofEpoch(readAt), nodeName, poolName);
        if (status.dataErrors() instanceof DataErrors.Count(long blocks)) {
          families.add(DATA_ERRORS, blocks, nodeName, poolName);
        }
      }
      case Reading.Failed<PoolStatus>(FailureReason reason, _) -> {
        families.add(FAILURE, true, nodeName, poolName, reason.label());
        if (reason != FailureReason.UNSUPPORTED_NAME) {
          families.add(UP, false, nodeName, poolName);
        }
      }
      case Reading.Skipped<PoolStatus> _ -> {}
    }
  }

  private static void collectHealth(
      PoolHealth health, String node, String pool, Families families) {
    health.code().ifPresent(code -> families.add(HEALTH, code, node, pool));
    for (PoolHealth state : PoolHealth.values()) {
      families.add(STATE, state == health, node, pool, state.label());
    }
  }

  private static void collectSpace(
      PoolListing.Space space, String node, String pool, Families families) {
    families.add(SIZE, space.sizeBytes(), node, pool);
    families.add(ALLOCATED, space.allocatedBytes(), node, pool);
    families.add(FREE, space.freeBytes(), node, pool);
    families.add(CAPACITY, (double) space.allocatedBytes() / space.sizeBytes(), node, pool);
    families.add(FRAGMENTATION, space.fragmentationRatio(), node, pool);
    space
        .deduplicationFactor()
        .ifPresent(factor -> families.add(DEDUPLICATION, 1 / factor, node, pool));
  }
}
