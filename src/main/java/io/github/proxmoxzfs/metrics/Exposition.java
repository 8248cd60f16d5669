package io.github.proxmoxzfs.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Set;

/// Metric families, ready to be written.
///
/// @param families the families, sorted by name
/// @param droppedDuplicates the series that were dropped because there were several of the same
///   labels, as name and labels
public record Exposition(MetricSnapshots families, Set<String> droppedDuplicates) {
  public Exposition {
    requireNonNull(families, "families is null");
    droppedDuplicates = Set.copyOf(droppedDuplicates);
  }
}
