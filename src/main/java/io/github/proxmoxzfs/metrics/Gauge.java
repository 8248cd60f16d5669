package io.github.proxmoxzfs.metrics;

import java.util.List;
import java.util.Optional;

/// The declaration of a family of gauges.
///
/// @param name the metric's name
/// @param help the HELP text, which names the unit
/// @param labels the names of its labels
record Gauge(String name, String help, List<String> labels) {
  Gauge {
    labels = List.copyOf(labels);
  }

  /// The value of the label `node` among those of a series; absent where there is no such label or
  /// it is empty, as in what concerns the cluster as a whole.
  Optional<String> nodeOf(String... labelValues) {
    int index = labels.indexOf("node");
    return index < 0
        ? Optional.empty()
        : Optional.of(labelValues[index]).filter(node -> !node.isEmpty());
  }

  /// Of the name alone: gauges are looked up for each series, and no two have the same name.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  static Gauge of(String name, String help, String... labels) {
    return new Gauge(name, help, List.of(labels));
  }
}
