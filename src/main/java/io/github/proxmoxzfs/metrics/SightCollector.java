package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeDisks;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the exporter sees of the cluster and what it does not: always on.
final class SightCollector implements Collector {
  /// The `node` label of what concerns the cluster as a whole.
  private static final String CLUSTER = "";

  private static final Gauge CLUSTER_UP =
      Gauge.of(
          "proxmox_zfs_exporter_cluster_up",
          "Whether the cluster answered which nodes it has (1) or not (0).");
  private static final Gauge NODE_ONLINE =
      Gauge.of(
          "proxmox_zfs_exporter_node_online",
          "Whether the cluster counts the node as online (1) or not (0).",
          "node");
  private static final Gauge NODE_UP =
      Gauge.of(
          "proxmox_zfs_exporter_node_up",
          "Whether the node answered (1) or not (0); absent where it could not be asked.",
          "node");
  private static final Gauge UNRESPONSIVE_SINCE =
      Gauge.of(
          "proxmox_zfs_exporter_node_unresponsive_since_timestamp_seconds",
          "Only while the node is not asked because its zfs requests never ended: since when, in"
              + " seconds since the epoch.",
          "node");
  private static final Gauge STUCK_REQUESTS =
      Gauge.of(
          "proxmox_zfs_exporter_node_stuck_requests",
          "How many of the exporter's requests for zfs and SMART never ended, each of which holds one of the"
              + " node's three API workers.",
          "node");
  private static final Gauge FAILURE =
      Gauge.of(
          "proxmox_zfs_exporter_failure",
          "1 while the source cannot be read, for this reason; node is empty for the cluster.",
          "node",
          "collector",
          "reason");
  private static final Gauge MISSING_PRIVILEGE =
      Gauge.of(
          "proxmox_zfs_exporter_missing_privilege",
          "1 while the credential lacks this privilege on this path, so that what needs it is"
              + " missing.",
          "privilege",
          "path");
  private static final Gauge EXCESS_PRIVILEGE =
      Gauge.of(
          "proxmox_zfs_exporter_excess_privilege",
          "1 while the credential has this privilege, which allows more than to read.",
          "privilege");
  private static final Gauge VERSIONS =
      Gauge.of(
          "proxmox_zfs_exporter_node_version_info",
          "1: the versions of Proxmox VE and of ZFS that are installed on the node; empty where it"
              + " does not tell.",
          "node",
          "pve",
          "zfs");
  private static final Gauge COLLECTION_TIMESTAMP =
      Gauge.of(
          "proxmox_zfs_exporter_collection_timestamp_seconds",
          "When the collection ended, in seconds since the epoch.");
  private static final Gauge SUCCESS =
      Gauge.of(
          "zfs_scrape_collector_success",
          "Whether the source was read (1) or not (0); node is empty for the cluster.",
          "node",
          "collector");
  private static final Gauge DURATION =
      Gauge.of(
          "zfs_scrape_collector_duration_seconds",
          "How long it took to read the source when it was last asked, in seconds.",
          "node",
          "collector");

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    families.add(CLUSTER_UP, snapshot.nodes() instanceof Reading.Ok);
    families.add(COLLECTION_TIMESTAMP, Seconds.ofEpoch(snapshot.collectedAt()));
    addOutcome(CLUSTER, Source.NODES, snapshot.nodes(), families);
    families.add(DURATION, Seconds.of(snapshot.nodesDuration()), CLUSTER, Source.NODES.label());
    collect(snapshot.surroundings(), families);
    List<NodeSnapshot> nodes = snapshot.nodes().asOptional().orElse(List.of());
    nodes.forEach(node -> collect(node, families));
    nodes.stream()
        .filter(NodeSnapshot::online)
        .forEach(node -> collect(node.name(), snapshot.surroundings(), families));
    if (families.scope() instanceof Scope.OneNode(String asked)
        && nodes.stream().noneMatch(node -> node.name().equals(asked))) {
      collectUnlisted(asked, snapshot.nodes(), families);
    }
  }

  /// What belongs to the cluster.
  private static void collect(Surroundings known, Families families) {
    addOutcome(CLUSTER, Source.REPLICATION, known.replication(), families);
    addOutcome(CLUSTER, Source.STORAGE, known.storages(), families);
    addOutcome(CLUSTER, Source.PERMISSIONS, known.rights(), families);
    addDurations(CLUSTER, known.durations(), families);
    known
        .rights()
        .asOptional()
        .ifPresent(
            rights -> {
              rights
                  .missing()
                  .forEach(
                      required ->
                          families.add(
                              MISSING_PRIVILEGE, true, required.privilege(), required.path()));
              rights.excess().forEach(privilege -> families.add(EXCESS_PRIVILEGE, true, privilege));
            });
  }

  /// What belongs to a node.
  private static void collect(String node, Surroundings known, Families families) {
    addOutcome(
        node,
        Source.REPLICATION,
        known.replicationByNode().getOrDefault(node, new Reading.Skipped<>()),
        families);
    Reading<NodeVersions> versions = known.versions().getOrDefault(node, new Reading.Skipped<>());
    addOutcome(node, Source.VERSIONS, versions, families);
    versions
        .asOptional()
        .ifPresent(
            told ->
                families.add(VERSIONS, true, node, told.pve().orElse(""), told.zfs().orElse("")));
    addDurations(node, known.nodeDurations().getOrDefault(node, Map.of()), families);
  }

  private static void addDurations(
      String node, Map<Source, Duration> durations, Families families) {
    durations.forEach(
        (source, duration) -> families.add(DURATION, Seconds.of(duration), node, source.label()));
  }

  /// Whoever asks for one node is told why there is nothing of it. The whole cluster's metrics
  /// cannot: where there is no list, nobody knows which nodes there are.
  private static void collectUnlisted(
      String node, Reading<List<NodeSnapshot>> nodes, Families families) {
    FailureReason reason = nodes.failure().orElse(FailureReason.NODE_NOT_LISTED);
    // An error of the list is the endpoint's word, not the node's.
    if (answered(reason).equals(Optional.of(false))) {
      families.add(NODE_UP, false, node);
    }
    families.add(FAILURE, true, node, Source.NODES.label(), reason.label());
  }

  private static void collect(NodeSnapshot node, Families families) {
    families.add(NODE_ONLINE, node.online(), node.name());
    answered(node).ifPresent(answered -> families.add(NODE_UP, answered, node.name()));
    if (!node.online()) {
      families.add(
          FAILURE, true, node.name(), Source.NODES.label(), FailureReason.NODE_OFFLINE.label());
      return;
    }
    families.add(STUCK_REQUESTS, node.responsiveness().stuckRequests(), node.name());
    node.responsiveness()
        .unresponsiveSince()
        .ifPresent(since -> families.add(UNRESPONSIVE_SINCE, Seconds.ofEpoch(since), node.name()));
    addOutcome(node.name(), Source.POOLS, node.pools(), families);
    addOutcome(node.name(), Source.TIME, node.time(), families);
    addOutcome(node.name(), Source.DISKS, node.disks().list(), families);
    if (!node.disks().smart().isEmpty()) {
      addOutcome(node.name(), Source.SMART, smartFailures(node.disks()), families);
    }
    List<Pool> pools = node.pools().asOptional().orElse(List.of());
    if (!pools.isEmpty()) {
      addOutcome(node.name(), Source.POOL_STATUS, poolFailures(pools), families);
    }
    addDurations(node.name(), node.durations(), families);
  }

  private static void addOutcome(
      String node, Source source, Set<FailureReason> failures, Families families) {
    families.add(SUCCESS, failures.isEmpty(), node, source.label());
    for (FailureReason reason : failures) {
      families.add(FAILURE, true, node, source.label(), reason.label());
    }
  }

  /// What was not asked neither succeeded nor failed.
  private static void addOutcome(
      String node, Source source, Reading<?> reading, Families families) {
    if (!(reading instanceof Reading.Skipped<?>)) {
      addOutcome(
          node,
          source,
          reading.failure().map(EnumSet::of).orElse(EnumSet.noneOf(FailureReason.class)),
          families);
    }
  }

  private static Set<FailureReason> smartFailures(NodeDisks disks) {
    var failures = EnumSet.noneOf(FailureReason.class);
    disks.smart().values().forEach(disk -> disk.latest().failure().ifPresent(failures::add));
    return failures;
  }

  private static Set<FailureReason> poolFailures(List<Pool> pools) {
    var failures = EnumSet.noneOf(FailureReason.class);
    pools.forEach(pool -> pool.status().failure().ifPresent(failures::add));
    // The name is at fault, not the source.
    failures.remove(FailureReason.UNSUPPORTED_NAME);
    return failures;
  }

  /// Whether the node answered us; nothing where it could not be asked, as when a privilege is
  /// missing: the endpoint says so before it turns to the node.
  private static Optional<Boolean> answered(NodeSnapshot node) {
    if (!node.online()) {
      return Optional.of(false);
    }
    return switch (node.pools()) {
      case Reading.Ok<List<Pool>> _ -> Optional.of(true);
      case Reading.Skipped<List<Pool>> _ -> Optional.empty();
      case Reading.Failed<List<Pool>>(FailureReason reason, _) -> answered(reason);
    };
  }

  private static Optional<Boolean> answered(FailureReason reason) {
    return switch (reason) {
      case API_ERROR, MALFORMED, ZFS_NOT_INSTALLED, UNSUPPORTED_NAME, ZONE_UNKNOWN ->
          Optional.of(true);
      case TIMED_OUT, UNREACHABLE, TLS, NODE_OFFLINE, NODE_NOT_LISTED, NODE_UNREACHABLE, STUCK ->
          Optional.of(false);
      case NOT_ASKED, UNAUTHORIZED, FORBIDDEN, INTERNAL -> Optional.empty();
    };
  }
}
