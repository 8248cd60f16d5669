package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.Scope;
import io.prometheus.metrics.model.snapshots.DuplicateLabelsException;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// The metric families that collectors fill, until they are built.
///
/// A set of labels that was given twice is dropped, all contenders of it: it cannot be known which
/// one is right, and the exposition library refuses the whole family otherwise. What does not
/// belong to the scope is left out: of one node, all but the series with its label `node`; of the
/// cluster itself, all with a node's.
final class Families {
  private static final System.Logger LOG = System.getLogger(Families.class.getName());

  /// The series, at once as the library wants them: with a form of our own beside that one the
  /// scrape of a large cluster needed a quarter more memory.
  private final Map<Gauge, List<GaugeDataPointSnapshot>> series = new LinkedHashMap<>();

  /// The labels that were made. Making and checking them cost more than anything else of a series,
  /// and most sets of labels serve many families.
  private final Map<LabelSet, Labels> labels = new HashMap<>();

  private final Scope scope;

  private record LabelSet(List<String> names, List<String> values) {
    Labels labels() {
      return Labels.of(names, values);
    }
  }

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
    var set = new LabelSet(gauge.labels(), List.of(labelValues));
    series
        .computeIfAbsent(gauge, _ -> new ArrayList<>())
        .add(
            new GaugeDataPointSnapshot(value, labels.computeIfAbsent(set, LabelSet::labels), null));
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

  /// Builds what was added; a family that cannot be built costs only itself.
  Exposition build() {
    var built = MetricSnapshots.builder();
    var dropped = new TreeSet<String>();
    for (var family : series.entrySet()) {
      snapshot(family.getKey(), family.getValue(), dropped).ifPresent(built::metricSnapshot);
    }
    return new Exposition(built.build(), dropped);
  }

  private static Optional<GaugeSnapshot> snapshot(
      Gauge gauge, List<GaugeDataPointSnapshot> all, Set<String> dropped) {
    if (all.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new GaugeSnapshot(new MetricMetadata(gauge.name(), gauge.help()), all));
    } catch (DuplicateLabelsException duplicates) {
      Set<Labels> twice = givenTwice(all);
      twice.forEach(labels -> dropped.add(gauge.name() + labels));
      return snapshot(
          gauge,
          all.stream().filter(point -> !twice.contains(point.getLabels())).toList(),
          dropped);
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "The family " + gauge.name() + " could not be built.", failure);
      return Optional.empty();
    }
  }

  private static Set<Labels> givenTwice(List<GaugeDataPointSnapshot> all) {
    var seen = new HashSet<Labels>();
    var twice = new HashSet<Labels>();
    for (var point : all) {
      if (!seen.add(point.getLabels())) {
        twice.add(point.getLabels());
      }
    }
    return twice;
  }
}
