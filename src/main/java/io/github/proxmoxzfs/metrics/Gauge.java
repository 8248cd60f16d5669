package io.github.proxmoxzfs.metrics;

import java.util.List;

/// The declaration of a family of gauges.
///
/// @param name the metric's name
/// @param help the HELP text, which names the unit
/// @param labels the names of its labels
record Gauge(String name, String help, List<String> labels) {
  Gauge {
    labels = List.copyOf(labels);
  }

  static Gauge of(String name, String help, String... labels) {
    return new Gauge(name, help, List.of(labels));
  }
}
