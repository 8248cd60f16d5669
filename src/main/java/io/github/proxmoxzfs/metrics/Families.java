package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
/// one is right, and the exposition library refuses the whole family otherwise.
final class Families {
  private static final System.Logger LOG = System.getLogger(Families.class.getName());

  private record Sample(List<String> labelValues, double value) {}

  private final Map<Gauge, List<Sample>> samples = new LinkedHashMap<>();

  void add(Gauge gauge, double value, String... labelValues) {
    if (labelValues.length != gauge.labels().size()) {
      throw new IllegalArgumentException(gauge.name() + " has the labels " + gauge.labels());
    }
    samples
        .computeIfAbsent(gauge, _ -> new ArrayList<>())
        .add(new Sample(List.of(labelValues), value));
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
    for (var family : samples.entrySet()) {
      Set<List<String>> twice = givenTwice(family.getValue());
      twice.forEach(labelValues -> dropped.add(shown(family.getKey(), labelValues)));
      List<Sample> unique =
          family.getValue().stream()
              .filter(sample -> !twice.contains(sample.labelValues()))
              .toList();
      snapshot(family.getKey(), unique).ifPresent(built::metricSnapshot);
    }
    return new Exposition(built.build(), dropped);
  }

  private static Set<List<String>> givenTwice(List<Sample> all) {
    var seen = new HashSet<List<String>>();
    var twice = new HashSet<List<String>>();
    for (Sample sample : all) {
      if (!seen.add(sample.labelValues())) {
        twice.add(sample.labelValues());
      }
    }
    return twice;
  }

  private static String shown(Gauge gauge, List<String> labelValues) {
    return gauge.name() + Labels.of(gauge.labels(), labelValues);
  }

  private static Optional<GaugeSnapshot> snapshot(Gauge gauge, List<Sample> unique) {
    if (unique.isEmpty()) {
      return Optional.empty();
    }
    try {
      var snapshot = GaugeSnapshot.builder().name(gauge.name()).help(gauge.help());
      for (Sample sample : unique) {
        snapshot.dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of(gauge.labels(), sample.labelValues()))
                .value(sample.value())
                .build());
      }
      return Optional.of(snapshot.build());
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "The family " + gauge.name() + " could not be built.", failure);
      return Optional.empty();
    }
  }
}
