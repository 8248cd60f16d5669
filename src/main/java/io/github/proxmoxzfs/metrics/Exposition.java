package io.github.proxmoxzfs.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// Metric families, ready to be written.
///
/// @param families the families, sorted by name
/// @param droppedDuplicates how many series were dropped because others had the same labels
public record Exposition(MetricSnapshots families, int droppedDuplicates) {
  public Exposition {
    requireNonNull(families, "families is null");
  }
}
