package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One step of remembering, a pure function: what was remembered before and what a collection saw
/// make what is remembered after it, and the collection with what is remembered in it.
///
/// A pool is forgotten, with its scrub, once it was *seen* to be missing for long enough. The time
/// between two looks counts when both succeeded and the latter did not find the pool, and counts
/// for [#LONGEST_GAP] at most. A look at a node's pools is a reading of its list; of a node that
/// left the cluster, a reading of the cluster's list of nodes. So neither a node nor an exporter
/// that was off for weeks forgets anything when it is back, nor does a clock that leaps.
final class Recall {
  /// How much of the time between two looks counts at most.
  static final Duration LONGEST_GAP = Duration.ofHours(1);

  /// @param memory what is remembered now
  /// @param snapshot the collection, with the scrubs and missing pools that are remembered
  /// @param forgotten what was missing for too long
  record Result(Recollection memory, ClusterSnapshot snapshot, List<PoolKey> forgotten) {}

  /// That a pool is not there.
  ///
  /// @param cause what is said of it
  /// @param seenAt when one looked and did not find it; none where one could not look
  private record Absence(MissingPool.Cause cause, Optional<Instant> seenAt) {}

  private final Recollection before;
  private final Instant now;
  private final TreeMap<PoolKey, RememberedPool> pools;
  private final Map<String, Instant> lookedAt;
  private final TreeMap<String, RememberedDisks> disks;

  private Recall(Recollection before, Instant now) {
    this.before = before;
    this.now = now;
    this.pools = new TreeMap<>(before.pools());
    this.lookedAt = new HashMap<>(before.lookedAt());
    this.disks = new TreeMap<>(before.disks());
  }

  /// @param before what was remembered
  /// @param snapshot what a collection saw; it may be older than the one before it
  /// @param now our clock
  /// @param forgetAfter how long a pool is told as missing
  static Result of(
      Recollection before, ClusterSnapshot snapshot, Instant now, Duration forgetAfter) {
    return new Recall(before, now).with(snapshot, forgetAfter);
  }

  private Result with(ClusterSnapshot snapshot, Duration forgetAfter) {
    Reading<List<NodeSnapshot>> nodes =
        snapshot
            .nodes()
            .then(
                ok -> new Reading.Ok<>(ok.value().stream().map(this::node).toList(), ok.readAt()));
    var missing = new ArrayList<MissingPool>();
    var forgotten = new ArrayList<PoolKey>();
    Map<String, NodeSnapshot> byName =
        nodes.asOptional().orElse(List.of()).stream()
            .collect(Collectors.toMap(NodeSnapshot::name, node -> node, (first, _) -> first));
    before
        .pools()
        .forEach(
            (key, known) ->
                absence(key, nodes, byName)
                    .ifPresent(
                        absence -> {
                          if (isOver(key, known, absence, forgetAfter)) {
                            forgotten.add(key);
                          } else {
                            missing.add(new MissingPool(key.node(), key.pool(), absence.cause()));
                          }
                        }));
    for (PoolKey key : forgotten) {
      pools.remove(key);
      disks.computeIfPresent(key.node(), (_, known) -> known.withoutPool(key.pool()));
    }
    lookedAt
        .keySet()
        .retainAll(pools.keySet().stream().map(PoolKey::node).collect(Collectors.toSet()));
    forgetDisksOfLostNodes(nodes, byName);
    return new Result(
        new Recollection(pools, lookedAt, disks), snapshot.withMemory(nodes, missing), forgotten);
  }

  private NodeSnapshot node(NodeSnapshot node) {
    Reading<List<Pool>> listed =
        node.pools()
            .then(
                ok -> {
                  looked(node.name(), ok.readAt());
                  return new Reading.Ok<>(
                      ok.value().stream().map(pool -> pool(node, pool, ok.readAt())).toList(),
                      ok.readAt());
                });
    DiskRecall.Result recalled =
        DiskRecall.of(disks.getOrDefault(node.name(), RememberedDisks.NOTHING), node, now);
    if (!recalled.memory().isEmpty()) {
      disks.put(node.name(), recalled.memory());
    } else {
      disks.remove(node.name());
    }
    return node.withPools(listed).withDisks(recalled.disks());
  }

  /// The disks of a node are remembered for as long as the cluster has it, or a pool of it is
  /// remembered.
  private void forgetDisksOfLostNodes(
      Reading<List<NodeSnapshot>> nodes, Map<String, NodeSnapshot> byName) {
    if (nodes instanceof Reading.Ok) {
      disks
          .keySet()
          .removeIf(
              node ->
                  !byName.containsKey(node)
                      && pools.keySet().stream().noneMatch(key -> key.node().equals(node)));
    }
  }

  private Pool pool(NodeSnapshot node, Pool pool, Instant listedAt) {
    if (pool.listing().nameTruncated()) {
      // Its name may be another pool's.
      return pool;
    }
    var key = new PoolKey(node.name(), pool.listing().name());
    RememberedPool known =
        Optional.ofNullable(pools.get(key))
            .map(remembered -> remembered.listedAgain(listedAt, now))
            .orElseGet(() -> RememberedPool.listed(listedAt));
    ScrubHistory shown = ShownScrub.of(pool.status(), node.clock());
    if (pool.status() instanceof Reading.Ok<PoolStatus>(_, Instant readAt)) {
      known = known.after(shown, readAt, now);
    }
    if (pools.containsKey(key) || pools.size() < Recollection.MOST_POOLS) {
      pools.put(key, known);
    }
    return new Pool(
        pool.listing(), pool.status(), known.scrub().<ScrubHistory>map(c -> c).orElse(shown));
  }

  private void looked(String node, Instant at) {
    lookedAt.merge(
        node, at, (last, next) -> next.isBefore(last) && !last.isAfter(now) ? last : next);
  }

  /// Why a remembered pool is not in the collection; empty if it is there, or was not asked for.
  private static Optional<Absence> absence(
      PoolKey key, Reading<List<NodeSnapshot>> nodes, Map<String, NodeSnapshot> byName) {
    return switch (nodes) {
      case Reading.Failed<List<NodeSnapshot>> _ -> unseen(MissingPool.Cause.NO_LIST);
      case Reading.Skipped<List<NodeSnapshot>> _ -> Optional.empty();
      case Reading.Ok<List<NodeSnapshot>>(_, Instant readAt) ->
          Optional.ofNullable(byName.get(key.node()))
              .map(node -> absence(key.pool(), node))
              .orElseGet(
                  () -> Optional.of(new Absence(MissingPool.Cause.NO_LIST, Optional.of(readAt))));
    };
  }

  private static Optional<Absence> absence(String pool, NodeSnapshot node) {
    if (!node.online()) {
      return unseen(MissingPool.Cause.NODE_OFFLINE);
    }
    return switch (node.pools()) {
      case Reading.Failed<List<Pool>>(FailureReason reason, _) ->
          unseen(
              reason == FailureReason.STUCK ? MissingPool.Cause.STUCK : MissingPool.Cause.NO_LIST);
      case Reading.Skipped<List<Pool>> _ -> Optional.empty();
      // A cut name counts: one series cannot say that a pool is there and another that it is not.
      case Reading.Ok<List<Pool>>(List<Pool> listed, Instant readAt) ->
          listed.stream().anyMatch(other -> other.listing().name().equals(pool))
              ? Optional.empty()
              : Optional.of(new Absence(MissingPool.Cause.NOT_LISTED, Optional.of(readAt)));
    };
  }

  private static Optional<Absence> unseen(MissingPool.Cause cause) {
    return Optional.of(new Absence(cause, Optional.empty()));
  }

  /// Counts the time since the last look, and says whether it was enough.
  private boolean isOver(PoolKey key, RememberedPool known, Absence absence, Duration forgetAfter) {
    if (absence.seenAt().isEmpty()) {
      return false;
    }
    Instant seenAt = absence.seenAt().get();
    looked(key.node(), seenAt);
    Duration gap =
        Optional.ofNullable(before.lookedAt().get(key.node()))
            .map(last -> Duration.between(last, seenAt))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    Duration counts = gap.compareTo(LONGEST_GAP) < 0 ? gap : LONGEST_GAP;
    RememberedPool counted = known.missingFor(counts);
    pools.put(key, counted);
    return counted.missing().compareTo(forgetAfter) >= 0;
  }
}
