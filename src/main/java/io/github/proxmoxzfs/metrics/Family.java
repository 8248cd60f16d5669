package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.DuplicateLabelsException;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A family of gauges as collectors filled it: nothing is sorted or checked yet.
///
/// That is what makes a series dear, and most families say the very same with each collection: so
/// whoever keeps what was made of one can ask whether the next one is the same.
public final class Family {
  private static final System.Logger LOG = System.getLogger(Family.class.getName());

  private static final int FIRST_SERIES = 4;

  private final Gauge gauge;
  private final List<String[]> labelValues = new ArrayList<>(FIRST_SERIES);
  private double[] values = new double[FIRST_SERIES];

  Family(Gauge gauge) {
    this.gauge = gauge;
  }

  /// @param labels the values of the labels, which nobody changes any more
  void add(double value, String[] labels) {
    int index = labelValues.size();
    if (index == values.length) {
      values = Arrays.copyOf(values, 2 * index);
    }
    values[index] = value;
    labelValues.add(labels);
  }

  /// The metric's name.
  public String name() {
    return gauge.name();
  }

  /// How many series were added.
  public int size() {
    return labelValues.size();
  }

  /// Whether another one has the same series, in the same order and with the same values.
  public boolean saysTheSameAs(Family other) {
    int size = size();
    if (!gauge.equals(other.gauge) || size != other.size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (Double.compare(values[i], other.values[i]) != 0
          || !Arrays.equals(labelValues.get(i), other.labelValues.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// A family in the library's form.
  ///
  /// @param snapshot the family; empty where no series is left of it, or it cannot be built
  /// @param droppedDuplicates the series that were dropped because there were several of the same
  ///   labels, as name and labels
  public record Built(Optional<GaugeSnapshot> snapshot, Set<String> droppedDuplicates) {
    public Built {
      droppedDuplicates = Set.copyOf(droppedDuplicates);
    }
  }

  /// Builds it; what cannot be built costs only itself.
  ///
  /// A set of labels that was given twice is dropped, all contenders of it: it cannot be known
  /// which one is right, and the library refuses the whole family otherwise.
  Built build(LabelSets labels) {
    try {
      var points = new ArrayList<GaugeDataPointSnapshot>(size());
      for (int i = 0; i < size(); i++) {
        points.add(
            new GaugeDataPointSnapshot(
                values[i], labels.of(gauge.labels(), labelValues.get(i)), null));
      }
      return build(points);
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "The family " + gauge.name() + " could not be built.", failure);
      return new Built(Optional.empty(), Set.of());
    }
  }

  private Built build(List<GaugeDataPointSnapshot> points) {
    try {
      return new Built(Optional.of(snapshot(points)), Set.of());
    } catch (DuplicateLabelsException duplicates) {
      Set<Labels> twice = givenTwice(points);
      var dropped = new TreeSet<String>();
      twice.forEach(labels -> dropped.add(gauge.name() + labels));
      List<GaugeDataPointSnapshot> left =
          points.stream().filter(point -> !twice.contains(point.getLabels())).toList();
      return new Built(left.isEmpty() ? Optional.empty() : Optional.of(snapshot(left)), dropped);
    }
  }

  private GaugeSnapshot snapshot(List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(gauge.name(), gauge.help()), points);
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
