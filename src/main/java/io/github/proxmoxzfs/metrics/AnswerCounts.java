package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What was odd about the answers that were given, counted since the start for each cluster.
public final class AnswerCounts {
  private record Counts(LongAdder droppedDuplicates, LongAdder unknownTexts) {}

  private final Map<String, Counts> byTarget = new ConcurrentHashMap<>();

  /// Counts from 0.
  public AnswerCounts() {}

  private Counts of(String target) {
    return byTarget.computeIfAbsent(target, _ -> new Counts(new LongAdder(), new LongAdder()));
  }

  /// Counts an answer.
  ///
  /// @param target the name of the cluster that it is about
  /// @param snapshot what was seen
  /// @param droppedDuplicates how many series of it were dropped since there were several
  public void add(String target, ClusterSnapshot snapshot, int droppedDuplicates) {
    Counts counts = of(target);
    counts.droppedDuplicates().add(droppedDuplicates);
    snapshot.forEachPool(
        (_, pool) ->
            pool.status()
                .asOptional()
                .ifPresent(status -> counts.unknownTexts().add(status.unknownTexts().size())));
  }

  /// The counts as they are now.
  ///
  /// @param targets the names of the clusters that there are; others are forgotten
  public List<MetricSnapshot> families(Set<String> targets) {
    byTarget.keySet().retainAll(targets);
    return List.of(
        counter(
            "proxmox_zfs_exporter_dropped_duplicates",
            "Number of sets of labels that were left out of answers because several series had them.",
            targets,
            Counts::droppedDuplicates),
        counter(
            "proxmox_zfs_exporter_unknown_text",
            "Number of texts of ZFS that were not understood, counted with each collection anew.",
            targets,
            Counts::unknownTexts));
  }

  private CounterSnapshot counter(
      String name, String help, Set<String> targets, Function<Counts, LongAdder> count) {
    var family = CounterSnapshot.builder().name(name).help(help);
    for (String target : new TreeSet<>(targets)) {
      family.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(Labels.of("target", target))
              .value(count.apply(of(target)).doubleValue())
              .build());
    }
    return family.build();
  }
}
