package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Logs each failure when it begins, when its reason changes and when it ends: a line per change,
/// not per scrape.
final class FailureLog {
  private static final System.Logger LOG = System.getLogger(FailureLog.class.getName());

  /// What cannot be read; node and pool are empty where the failure is not one of a node or pool.
  private record Subject(String node, String pool, Source source) {}

  private final String cluster;
  private Map<Subject, FailureReason> known = Map.of();

  FailureLog(String cluster) {
    this.cluster = cluster;
  }

  /// Takes note of what failed in a collection, and of what was read again.
  synchronized void record(ClusterSnapshot snapshot) {
    var read = new LinkedHashMap<Subject, Reading<?>>();
    read.put(new Subject("", "", Source.NODES), snapshot.nodes());
    for (NodeSnapshot node : snapshot.nodes().asOptional().orElse(List.of())) {
      read.put(new Subject(node.name(), "", Source.NODES), online(node));
      read.put(new Subject(node.name(), "", Source.POOLS), node.pools());
      read.put(new Subject(node.name(), "", Source.TIME), node.time());
      read.put(new Subject(node.name(), "", Source.DISKS), node.disks().list());
    }
    addSurroundings(snapshot.surroundings(), read);
    snapshot.forEachPool(
        (node, pool) ->
            read.put(
                new Subject(node.name(), pool.listing().name(), Source.POOL_STATUS),
                pool.status()));
    var failing = new HashMap<Subject, FailureReason>();
    known.forEach(
        (subject, reason) -> {
          if (!read.containsKey(subject) && isStillThere(subject, snapshot)) {
            failing.put(subject, reason);
          }
        });
    read.forEach((subject, reading) -> note(subject, reading, failing));
    known = Map.copyOf(failing);
  }

  private static void addSurroundings(Surroundings known, Map<Subject, Reading<?>> read) {
    read.put(new Subject("", "", Source.REPLICATION), known.replication());
    read.put(new Subject("", "", Source.STORAGE), known.storages());
    read.put(new Subject("", "", Source.PERMISSIONS), known.rights());
    known
        .replicationByNode()
        .forEach((node, reading) -> read.put(new Subject(node, "", Source.REPLICATION), reading));
    known
        .versions()
        .forEach((node, reading) -> read.put(new Subject(node, "", Source.VERSIONS), reading));
  }

  private static Reading<?> online(NodeSnapshot node) {
    return node.online()
        ? new Reading.Ok<>(node.name(), Instant.EPOCH)
        : new Reading.Failed<>(
            FailureReason.NODE_OFFLINE, "the cluster counts the node as offline");
  }

  /// Whether something that was not read may yet be there. A node that has left the cluster is not,
  /// nor is a pool that its node lists no longer, for which there is a metric.
  private static boolean isStillThere(Subject subject, ClusterSnapshot snapshot) {
    if (!(snapshot.nodes() instanceof Reading.Ok<List<NodeSnapshot>>(var nodes, _))
        || subject.node().isEmpty()) {
      return true;
    }
    return nodes.stream()
        .filter(node -> node.name().equals(subject.node()))
        .anyMatch(node -> subject.pool().isEmpty() || !(node.pools() instanceof Reading.Ok));
  }

  private void note(Subject subject, Reading<?> reading, Map<Subject, FailureReason> failing) {
    switch (reading) {
      case Reading.Failed<?> failed -> {
        logIfNew(subject, failed);
        failing.put(subject, failed.reason());
      }
      case Reading.Ok<?> _ -> {
        if (known.containsKey(subject)) {
          LOG.log(Level.INFO, "No longer failing.", fields(subject).toArray());
        }
      }
      case Reading.Skipped<?> _ -> {
        FailureReason before = known.get(subject);
        if (before != null) {
          failing.put(subject, before);
        }
      }
    }
  }

  private void logIfNew(Subject subject, Reading.Failed<?> failure) {
    if (known.get(subject) == failure.reason()) {
      return;
    }
    List<Object> fields = fields(subject);
    fields.addAll(List.of("reason", failure.reason().label(), "detail", failure.detail()));
    Level level = failure.reason() == FailureReason.UNSUPPORTED_NAME ? Level.INFO : Level.WARNING;
    LOG.log(level, "Cannot be read.", fields.toArray());
  }

  private List<Object> fields(Subject subject) {
    var fields = new ArrayList<Object>();
    fields.addAll(List.of("cluster", cluster));
    if (!subject.node().isEmpty()) {
      fields.addAll(List.of("node", subject.node()));
    }
    if (!subject.pool().isEmpty()) {
      fields.addAll(List.of("pool", subject.pool()));
    }
    fields.addAll(List.of("source", subject.source().label()));
    return fields;
  }
}
