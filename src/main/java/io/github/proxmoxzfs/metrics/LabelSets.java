package io.github.proxmoxzfs.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sets of labels of one exposition in the library's form. Making and checking them costs more
/// than anything else of a series, and most of them serve many families.
final class LabelSets {
  private final Map<Key, Labels> made = new HashMap<>();

  private record Key(List<String> names, List<String> values) {
    private Labels labels() {
      return Labels.of(names, values);
    }
  }

  Labels of(List<String> names, String[] values) {
    return made.computeIfAbsent(new Key(names, Arrays.asList(values)), Key::labels);
  }
}
