package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /// All families, ready to be written.
  public MetricSnapshots families() {
    var built = MetricSnapshots.builder();
    families.forEach(family -> build(family).snapshot().ifPresent(built::metricSnapshot));
    return built.build();
  }

  /// The series that were dropped because there were several of the same labels, as name and
  /// labels.
  public Set<String> droppedDuplicates() {
    return families.stream()
        .flatMap(family -> build(family).droppedDuplicates().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
