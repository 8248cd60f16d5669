package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/// What is known about a cluster after one collection: the seam between asking and reporting.
///
/// @param collectedAt when the collection ended
/// @param nodes the nodes, or why the cluster did not list them
/// @param nodesDuration how long the list of nodes took
/// @param missingPools pools that are remembered and are not among those of the nodes
/// @param surroundings what is known of the cluster beside its nodes' pools
public record ClusterSnapshot(
    Instant collectedAt,
    Reading<List<NodeSnapshot>> nodes,
    Duration nodesDuration,
    List<MissingPool> missingPools,
    Surroundings surroundings) {
  public ClusterSnapshot {
    requireNonNull(collectedAt, "collectedAt is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(nodesDuration, "nodesDuration is null");
    missingPools = List.copyOf(missingPools);
    requireNonNull(surroundings, "surroundings is null");
  }

  /// A collection beside which nothing is remembered.
  public ClusterSnapshot(
      Instant collectedAt, Reading<List<NodeSnapshot>> nodes, Duration nodesDuration) {
    this(collectedAt, nodes, nodesDuration, List.of());
  }

  /// A collection of pools, and nothing beside them.
  public ClusterSnapshot(
      Instant collectedAt,
      Reading<List<NodeSnapshot>> nodes,
      Duration nodesDuration,
      List<MissingPool> missingPools) {
    this(collectedAt, nodes, nodesDuration, missingPools, Surroundings.NONE);
  }

  /// This collection with what is known beside the pools.
  public ClusterSnapshot withSurroundings(Surroundings known) {
    return new ClusterSnapshot(collectedAt, nodes, nodesDuration, missingPools, known);
  }

  /// This collection with what is remembered: other nodes, and pools that are missing.
  public ClusterSnapshot recalled(Reading<List<NodeSnapshot>> others, List<MissingPool> missing) {
    return new ClusterSnapshot(collectedAt, others, nodesDuration, missing, surroundings);
  }

  /// Calls `action` with each pool that is listed, and its node.
  public void forEachPool(BiConsumer<NodeSnapshot, Pool> action) {
    for (NodeSnapshot node : nodes.asOptional().orElse(List.of())) {
      for (Pool pool : node.pools().asOptional().orElse(List.of())) {
        action.accept(node, pool);
      }
    }
  }
}
