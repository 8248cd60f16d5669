package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The metric families that collectors fill. What does not belong to the scope is left out: of one
/// node, all but the series with its label `node`; of the cluster itself, all with a node's.
final class Families {
  private final Map<Gauge, Family> families = new LinkedHashMap<>();

  private final Scope scope;

  Families(Scope scope) {
    this.scope = scope;
  }

  /// The part of the cluster that these families are about.
  Scope scope() {
    return scope;
  }

  void add(Gauge gauge, double value, String... labelValues) {
    if (labelValues.length != gauge.labels().size()) {
      throw new IllegalArgumentException(gauge.name() + " has the labels " + gauge.labels());
    }
    if (!gauge.nodeOf(labelValues).map(scope::includesNode).orElseGet(scope::includesCluster)) {
      return;
    }
    families.computeIfAbsent(gauge, Family::new).add(value, labelValues);
  }

  /// Adds a whole number; above 2^53 the exposition's double is the nearest there is.
  void add(Gauge gauge, long value, String... labelValues) {
    add(gauge, (double) value, labelValues);
  }

  /// Adds the value if there is one.
  void add(Gauge gauge, OptionalLong value, String... labelValues) {
    value.ifPresent(present -> add(gauge, present, labelValues));
  }

  /// Adds the value if there is one.
  void add(Gauge gauge, OptionalDouble value, String... labelValues) {
    value.ifPresent(present -> add(gauge, present, labelValues));
  }

  void add(Gauge gauge, boolean value, String... labelValues) {
    add(gauge, value ? 1 : 0, labelValues);
  }

  /// Adds the moment in seconds since the epoch, if it is known.
  void addTime(Gauge gauge, Optional<Instant> time, String... labelValues) {
    time.ifPresent(present -> add(gauge, Seconds.ofEpoch(present), labelValues));
  }

  /// Adds the duration in seconds, if it is known.
  void addDuration(Gauge gauge, Optional<Duration> duration, String... labelValues) {
    duration.ifPresent(present -> add(gauge, Seconds.of(present), labelValues));
  }

  /// What was added.
  Exposition build() {
    return new Exposition(List.copyOf(families.values()));
  }
}
