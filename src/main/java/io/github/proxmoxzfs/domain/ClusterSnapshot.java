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
/// @param surroundings what is known of the cluster beside its nodes' pools
public record ClusterSnapshot(
    Instant collectedAt,
    Reading<List<NodeSnapshot>> nodes,
    Duration nodesDuration,
    List<MissingPool> missingPools,
    Map<String, String> locations,
    Surroundings surroundings) {
  public ClusterSnapshot {
    requireNonNull(collectedAt, "collectedAt is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(nodesDuration, "nodesDuration is null");
    missingPools = List.copyOf(missingPools);
    locations = Map.copyOf(locations);
    requireNonNull(surroundings, "surroundings is null");
  }

  /// A collection beside which nothing is remembered, of disks that may sit anywhere.
  public ClusterSnapshot(
      Instant collectedAt, Reading<List<NodeSnapshot>> nodes, Duration nodesDuration) {
    this(collectedAt, nodes, nodesDuration, List.of());
  }

  /// This collection, with what is remembered.
  ///
  /// @param recalled the nodes, with what is remembered of each
  /// @param missing pools that are remembered and are not among those of the nodes
  public ClusterSnapshot withMemory(
      Reading<List<NodeSnapshot>> recalled, List<MissingPool> missing) {
    return new ClusterSnapshot(
        collectedAt, recalled, nodesDuration, missing, locations, surroundings);
  }

  /// This collection, with where disks sit.
  public ClusterSnapshot withLocations(Map<String, String> configured) {
    return new ClusterSnapshot(
        collectedAt, nodes, nodesDuration, missingPools, configured, surroundings);
  }

  /// A collection of pools, and nothing beside them.
  public ClusterSnapshot(
      Instant collectedAt,
      Reading<List<NodeSnapshot>> nodes,
      Duration nodesDuration,
      List<MissingPool> missingPools) {
    this(collectedAt, nodes, nodesDuration, missingPools, Map.of(), Surroundings.NONE);
  }

  /// This collection with what is known beside the pools.
  public ClusterSnapshot withSurroundings(Surroundings known) {
    return new ClusterSnapshot(collectedAt, nodes, nodesDuration, missingPools, locations, known);
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
