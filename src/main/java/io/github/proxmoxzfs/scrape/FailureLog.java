package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Source;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
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

  /// Takes note of what failed in a collection.
  synchronized void record(ClusterSnapshot snapshot) {
    var current = new HashMap<Subject, Reading.Failed<?>>();
    note(current, new Subject("", "", Source.NODES), snapshot.nodes());
    for (NodeSnapshot node : snapshot.nodes().asOptional().orElse(List.of())) {
      note(current, new Subject(node.name(), "", Source.POOLS), node.pools());
      note(current, new Subject(node.name(), "", Source.TIME), node.clock());
      if (!node.online()) {
        note(
            current,
            new Subject(node.name(), "", Source.NODES),
            new Reading.Failed<>(
                FailureReason.NODE_OFFLINE, "the cluster counts the node as offline"));
      }
    }
    snapshot.forEachPool(
        (node, pool) ->
            note(
                current,
                new Subject(node.name(), pool.listing().name(), Source.POOL_STATUS),
                pool.status()));
    current.forEach(this::logIfNew);
    for (Subject subject : known.keySet()) {
      if (!current.containsKey(subject) && snapshot.nodes() instanceof Reading.Ok) {
        LOG.log(Level.INFO, "No longer failing.", fields(subject).toArray());
      }
    }
    var reasons = new HashMap<Subject, FailureReason>();
    if (!(snapshot.nodes() instanceof Reading.Ok)) {
      // Without the list of nodes nothing is known of them: what failed still does.
      reasons.putAll(known);
    }
    current.forEach((subject, failure) -> reasons.put(subject, failure.reason()));
    known = Map.copyOf(reasons);
  }

  private static void note(
      Map<Subject, Reading.Failed<?>> current, Subject subject, Reading<?> reading) {
    if (reading instanceof Reading.Failed<?> failed) {
      current.put(subject, failed);
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
