package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The metric families of a cluster, or of a part of it.
///
/// It serves one thread: what is made of its families shares their labels.
public final class Exposition {
  private final List<Family> families;
  private final LabelSets labels = new LabelSets();

  Exposition(List<Family> families) {
    this.families = families.stream().sorted(Comparator.comparing(Family::name)).toList();
  }

  /// The families as they were filled, sorted by name.
  public List<Family> each() {
    return families;
  }

  /// One of the families, ready to be written.
  public Family.Built build(Family family) {
    return family.build(labels);
  }

  /// All families in the library's form.
  ///
  /// @param families the families, ready to be written
  /// @param droppedDuplicates the series that were dropped because there were several of the same
  ///   labels, as name and labels
  public record Whole(MetricSnapshots families, Set<String> droppedDuplicates) {
    public Whole {
      droppedDuplicates = Set.copyOf(droppedDuplicates);
    }
  }

  /// All families, built once.
  public Whole whole() {
    var built = MetricSnapshots.builder();
    var dropped = new HashSet<String>();
    for (Family family : families) {
      Family.Built one = build(family);
      one.snapshot().ifPresent(built::metricSnapshot);
      dropped.addAll(one.droppedDuplicates());
    }
    return new Whole(built.build(), dropped);
  }

  /// All families, ready to be written.
  public MetricSnapshots families() {
    return whole().families();
  }
}
