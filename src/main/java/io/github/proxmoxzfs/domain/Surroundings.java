package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What is known of a cluster beside its nodes' pools.
///
/// @param replication the replication jobs
/// @param replicationByNode whether each node told of its jobs, of those that have any
/// @param storages the storages of type `zfspool`
/// @param rights how the credential's privileges compare with those that it needs
/// @param versions which versions run on each node
/// @param durations how long each source took that the cluster answers, when it was last asked
/// @param nodeDurations the same of sources that nodes answer, by node
public record Surroundings(
    Reading<List<ReplicationJob>> replication,
    Map<String, Reading<Integer>> replicationByNode,
    Reading<List<ZfsStorage>> storages,
    Reading<Rights> rights,
    Map<String, Reading<NodeVersions>> versions,
    Map<Source, Duration> durations,
    Map<String, Map<Source, Duration>> nodeDurations) {
  /// Nothing was asked.
  public static final Surroundings NONE =
      new Surroundings(
          new Reading.Skipped<>(),
          Map.of(),
          new Reading.Skipped<>(),
          new Reading.Skipped<>(),
          Map.of(),
          Map.of(),
          Map.of());

  public Surroundings {
    requireNonNull(replication, "replication is null");
    replicationByNode = Map.copyOf(replicationByNode);
    requireNonNull(storages, "storages is null");
    requireNonNull(rights, "rights is null");
    versions = Map.copyOf(versions);
    durations = Map.copyOf(durations);
    nodeDurations = Map.copyOf(nodeDurations);
  }
}
