package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.VdevState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pools: health, space, complaints, spares, what could not be read or understood.
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
  private static final Gauge PRESENT =
      gauge(
          "zfs_pool_present",
          "Whether the node lists the pool (1), or lists it no more although it did (0): it is not"
              + " imported; absent while the node's list cannot be read.");
  private static final Gauge UP =
      gauge(
          "zfs_pool_up",
          "Whether the pool's own answer was read (1) or not (0); 0 also for a remembered pool"
              + " whose node is offline or gave no list; absent for a name that Proxmox refuses.");
  private static final Gauge FAILURE =
      Gauge.of(
          "zfs_pool_failure",
          "1 while the pool's own answer cannot be read, for this reason; unsupported_name is no"
              + " fault of the pool.",
          "node",
          "pool",
          "reason");
  private static final Gauge READ_TIMESTAMP =
      gauge(
          "zfs_pool_read_timestamp_seconds",
          "When the values were read, the oldest of them, in seconds since the epoch.");
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
      gauge(
          "zfs_pool_data_errors",
          "Number of blocks with permanent errors; absent where ZFS does not tell.");
  private static final Gauge REASON =
      Gauge.of(
          "zfs_pool_reason",
          "1 while zpool status complains, for this reason: the gravest only, but a running"
              + " resilver hides others. msgid is the message's ID at OpenZFS, empty where it has"
              + " none; cosmetic is true for what zpool status -x ignores.",
          "node",
          "pool",
          "reason",
          "msgid",
          "cosmetic");
  private static final Gauge UNKNOWN_TEXT =
      Gauge.of(
          "zfs_pool_unknown_text",
          "1 while this field of the pool's answer holds a text that is not understood; vdev is a"
              + " row of the table.",
          "node",
          "pool",
          "field");
  private static final Gauge CHECKPOINT_CREATED =
      gauge(
          "zfs_pool_checkpoint_created_timestamp_seconds",
          "When the pool's checkpoint was made, in seconds since the epoch; absent without one.");
  private static final Gauge CHECKPOINT_BYTES =
      gauge(
          "zfs_pool_checkpoint_bytes",
          "Space that only the pool's checkpoint holds, in bytes, to three digits at best; absent"
              + " without one.");
  private static final Gauge SPARES_AVAILABLE =
      gauge(
          "zfs_pool_spares_available",
          "Number of hot spares that nobody uses; absent for a pool without spares.");
  private static final Gauge SPARES_IN_USE =
      gauge(
          "zfs_pool_spares_in_use",
          "Number of hot spares in use, by this pool or another one; absent for a pool without"
              + " spares.");
  private static final Gauge LEAVES =
      Gauge.of(
          "zfs_pool_leaves",
          "Number of leaf vdevs in this state, of all classes: online, and each state that occurs."
              + " A spare in use stands in two classes and counts in both.",
          "node",
          "pool",
          "state");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "node", "pool");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot.forEachPool((node, pool) -> collect(node, pool, families));
    snapshot.missingPools().forEach(pool -> collectMissing(pool, families));
  }

  private static void collectMissing(MissingPool pool, Families families) {
    switch (pool.cause()) {
      case NOT_LISTED -> families.add(PRESENT, false, pool.node(), pool.pool());
      case NODE_OFFLINE, STUCK, NO_LIST -> {
        families.add(UP, false, pool.node(), pool.pool());
        families.add(FAILURE, true, pool.node(), pool.pool(), pool.cause().label());
      }
    }
  }

  private static void collect(NodeSnapshot node, Pool pool, Families families) {
    String nodeName = node.name();
    String poolName = pool.listing().name();
    families.add(PRESENT, true, nodeName, poolName);
    if (!pool.listing().nameTruncated()) {
      collectHealth(pool.health(), nodeName, poolName, families);
    }
    pool.listing().space().ifPresent(space -> collectSpace(space, nodeName, poolName, families));
    Optional<Instant> listedAt =
        node.pools() instanceof Reading.Ok<List<Pool>>(_, Instant listed)
            ? Optional.of(listed)
            : Optional.empty();
    switch (pool.status()) {
      case Reading.Ok<PoolStatus>(PoolStatus status, Instant readAt) -> {
        families.add(UP, true, nodeName, poolName);
        addReadAt(
            listedAt.filter(listed -> listed.isBefore(readAt)).orElse(readAt),
            nodeName,
            poolName,
            families);
        collectStatus(status, NodeDates.of(node, readAt), families, nodeName, poolName);
      }
      case Reading.Failed<PoolStatus>(FailureReason reason, _) -> {
        listedAt.ifPresent(listed -> addReadAt(listed, nodeName, poolName, families));
        families.add(FAILURE, true, nodeName, poolName, reason.label());
        if (reason != FailureReason.UNSUPPORTED_NAME) {
          families.add(UP, false, nodeName, poolName);
        }
      }
      case Reading.Skipped<PoolStatus> _ -> {}
    }
  }

  private static void addReadAt(Instant readAt, String node, String pool, Families families) {
    families.add(READ_TIMESTAMP, Seconds.ofEpoch(readAt), node, pool);
  }

  private static void collectHealth(
      PoolHealth health, String node, String pool, Families families) {
    health.code().ifPresent(code -> families.add(HEALTH, code, node, pool));
    for (PoolHealth state : PoolHealth.values()) {
      families.add(STATE, state == health, node, pool, state.label());
    }
  }

  private static void collectStatus(
      PoolStatus status, NodeDates dates, Families families, String node, String pool) {
    if (status.dataErrors() instanceof DataErrors.Count(long blocks)) {
      families.add(DATA_ERRORS, blocks, node, pool);
    }
    status.reason().ifPresent(reason -> collectReason(reason, families, node, pool));
    for (String field : status.unknownTexts().keySet()) {
      families.add(UNKNOWN_TEXT, true, node, pool, field);
    }
    if (status.checkpoint().orElse(null) instanceof Checkpoint.Exists checkpoint) {
      families.addTime(CHECKPOINT_CREATED, dates.instantOf(checkpoint.created()), node, pool);
      families.add(CHECKPOINT_BYTES, checkpoint.consumedBytes(), node, pool);
    }
    status
        .spares(VdevState.AVAIL)
        .ifPresent(count -> families.add(SPARES_AVAILABLE, count, node, pool));
    status
        .spares(VdevState.INUSE)
        .ifPresent(count -> families.add(SPARES_IN_USE, count, node, pool));
    collectLeaves(status, families, node, pool);
  }

  private static void collectReason(
      PoolReason reason, Families families, String node, String pool) {
    families.add(
        REASON,
        true,
        node,
        pool,
        reason.code().label(),
        reason.messageId().orElse(""),
        String.valueOf(reason.code().cosmetic()));
  }

  private static void collectLeaves(
      PoolStatus status, Families families, String node, String pool) {
    if (status.vdevs().isEmpty()) {
      // ZFS shows no table, as of a pool whose configuration it cannot determine.
      return;
    }
    var leaves = new EnumMap<VdevState, Integer>(Map.of(VdevState.ONLINE, 0));
    leaves.putAll(status.leavesByState());
    leaves.forEach((state, count) -> families.add(LEAVES, count, node, pool, state.label()));
  }

  private static void collectSpace(
      PoolListing.Space space, String node, String pool, Families families) {
    families.add(SIZE, space.sizeBytes(), node, pool);
    families.add(ALLOCATED, space.allocatedBytes(), node, pool);
    families.add(FREE, space.freeBytes(), node, pool);
    families.add(CAPACITY, (double) space.allocatedBytes() / space.sizeBytes(), node, pool);
    space.fragmentationRatio().ifPresent(ratio -> families.add(FRAGMENTATION, ratio, node, pool));
    space
        .deduplicationFactor()
        .ifPresent(factor -> families.add(DEDUPLICATION, 1 / factor, node, pool));
  }
}
