package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// What is known about a cluster after one collection: the seam between asking and reporting.
///
/// @param collectedAt when the collection ended
/// @param nodes the nodes, or why the cluster did not list them
/// @param nodesDuration how long the list of nodes took
/// @param missingPools pools that are remembered and are not among those of the nodes
/// @param locations where disks sit, by serial number, as a person configured it
public record ClusterSnapshot(
    Instant collectedAt,
    Reading<List<NodeSnapshot>> nodes,
    Duration nodesDuration,
    List<MissingPool> missingPools,
    Map<String, String> locations) {
  public ClusterSnapshot {
    requireNonNull(collectedAt, "collectedAt is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(nodesDuration, "nodesDuration is null");
    missingPools = List.copyOf(missingPools);
    locations = Map.copyOf(locations);
  }

  /// A collection beside which nothing is remembered, of disks that may sit anywhere.
  public ClusterSnapshot(
      Instant collectedAt, Reading<List<NodeSnapshot>> nodes, Duration nodesDuration) {
    this(collectedAt, nodes, nodesDuration, List.of(), Map.of());
  }

  /// This collection, with what is remembered.
  ///
  /// @param recalled the nodes, with what is remembered of each
  /// @param missing pools that are remembered and are not among those of the nodes
  public ClusterSnapshot withMemory(
      Reading<List<NodeSnapshot>> recalled, List<MissingPool> missing) {
    return new ClusterSnapshot(collectedAt, recalled, nodesDuration, missing, locations);
  }

  /// This collection, with where disks sit.
  public ClusterSnapshot withLocations(Map<String, String> configured) {
    return new ClusterSnapshot(collectedAt, nodes, nodesDuration, missingPools, configured);
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
