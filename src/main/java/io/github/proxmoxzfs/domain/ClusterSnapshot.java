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
public record ClusterSnapshot(
    Instant collectedAt,
    Reading<List<NodeSnapshot>> nodes,
    Duration nodesDuration,
    List<MissingPool> missingPools) {
  public ClusterSnapshot {
    requireNonNull(collectedAt, "collectedAt is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(nodesDuration, "nodesDuration is null");
    missingPools = List.copyOf(missingPools);
  }

  /// A collection beside which nothing is remembered.
  public ClusterSnapshot(
      Instant collectedAt, Reading<List<NodeSnapshot>> nodes, Duration nodesDuration) {
    this(collectedAt, nodes, nodesDuration, List.of());
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
