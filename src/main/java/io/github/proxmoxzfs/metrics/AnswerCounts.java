package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What was odd about the answers that were given, counted since the start for each cluster.
public final class AnswerCounts {
  private record Counts(LongAdder droppedDuplicates, LongAdder unknownTexts) {}

  private final Map<String, Counts> byTarget = new TreeMap<>();

  /// Counts from 0.
  ///
  /// @param targets the names of the clusters
  public AnswerCounts(Collection<String> targets) {
    targets.forEach(target -> byTarget.put(target, new Counts(new LongAdder(), new LongAdder())));
  }

  /// Counts an answer.
  ///
  /// @param target the name of the cluster that it is about
  /// @param snapshot what was seen
  /// @param exposition what is told of it
  public void add(String target, ClusterSnapshot snapshot, Exposition exposition) {
    Counts counts = byTarget.get(target);
    if (counts == null) {
      throw new IllegalArgumentException("there is no target " + target);
    }
    counts.droppedDuplicates().add(exposition.droppedDuplicates().size());
    snapshot.forEachPool(
        (_, pool) ->
            pool.status()
                .asOptional()
                .ifPresent(status -> counts.unknownTexts().add(status.unknownTexts().size())));
  }

  /// The counts as they are now.
  public List<MetricSnapshot> families() {
    return List.of(
        counter(
            "proxmox_zfs_exporter_dropped_duplicates",
            "Number of sets of labels that were left out of answers because several series had them.",
            Counts::droppedDuplicates),
        counter(
            "proxmox_zfs_exporter_unknown_text",
            "Number of texts of ZFS that were not understood, counted with each collection anew.",
            Counts::unknownTexts));
  }

  private CounterSnapshot counter(String name, String help, Function<Counts, LongAdder> count) {
    var family = CounterSnapshot.builder().name(name).help(help);
    byTarget.forEach(
        (target, counts) ->
            family.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of("target", target))
                    .value(count.apply(counts).doubleValue())
                    .build()));
    return family.build();
  }
}
