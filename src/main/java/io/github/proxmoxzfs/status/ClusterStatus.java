package io.github.proxmoxzfs.status;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.ReplicationJob;
import io.github.proxmoxzfs.domain.ZfsStorage;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What is to be shown of a cluster.
///
/// @param cluster the cluster's name in the configuration
/// @param snapshot what was collected
/// @param activity how its endpoints are
/// @param locations where a disk sits, by its serial number
/// @param selection which of its nodes are to be shown
public record ClusterStatus(
    String cluster,
    ClusterSnapshot snapshot,
    ApiActivity activity,
    Map<String, String> locations,
    Predicate<String> selection) {
  public ClusterStatus {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(snapshot, "snapshot is null");
    requireNonNull(activity, "activity is null");
    locations = Map.copyOf(locations);
    requireNonNull(selection, "selection is null");
  }

  /// All of a cluster.
  public ClusterStatus(String cluster, ClusterSnapshot snapshot, ApiActivity activity) {
    this(cluster, snapshot, activity, Map.of(), _ -> true);
  }

  /// The nodes to be shown; none where the cluster did not list them.
  public List<NodeSnapshot> nodes() {
    return snapshot.nodes().asOptional().orElse(List.of()).stream()
        .filter(node -> selection.test(node.name()))
        .toList();
  }

  /// The replication jobs to be shown; none where they were not read.
  public List<ReplicationJob> replication() {
    return snapshot.surroundings().replication().asOptional().orElse(List.of()).stream()
        .filter(job -> job.source().map(selection::test).orElse(true))
        .toList();
  }

  /// The storages to be shown; none where they were not read.
  public List<ZfsStorage> storages() {
    return snapshot.surroundings().storages().asOptional().orElse(List.of()).stream()
        .filter(storage -> selection.test(storage.node()))
        .toList();
  }

  /// What is wrong with it, the gravest first.
  public List<Problem> problems() {
    return Diagnosis.of(this);
  }

  /// The gravest of what is wrong with it.
  public Severity severity() {
    return problems().stream().map(Problem::severity).reduce(Severity.HEALTHY, Severity::orWorse);
  }
}
