package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.metrics.AnswerCounts;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.Exposition;
import io.github.proxmoxzfs.sim.Scenario;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerCountsTest {
  private final AnswerCounts counts = new AnswerCounts();

  /// The counts by metric and target.
  private Map<String, Double> counted() {
    var counted = new TreeMap<String, Double>();
    for (var family : counts.families(Set.of("home", "office"))) {
      for (var point : ((CounterSnapshot) family).getDataPoints()) {
        counted.put(
            family.getMetadata().getName() + " " + point.getLabels().get("target"),
            point.getValue());
      }
    }
    return counted;
  }

  private void add(String scenario) {
    try (var scrape = new SimulatedScrape(Scenario.named(scenario), SimulatedScrape.NOW)) {
      ClusterSnapshot snapshot = scrape.collect();
      Exposition exposition = ClusterMetrics.of(snapshot, ClusterMetrics.collectors());
      counts.add("home", snapshot, exposition.whole().droppedDuplicates().size());
    }
  }

  @Test
  void aTextThatIsNotUnderstoodIsCountedWithEachAnswer() {
    assertThat(counted())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "proxmox_zfs_exporter_dropped_duplicates home", 0.0,
                "proxmox_zfs_exporter_dropped_duplicates office", 0.0,
                "proxmox_zfs_exporter_unknown_text home", 0.0,
                "proxmox_zfs_exporter_unknown_text office", 0.0));
    add("healthy");
    assertThat(counted().values()).containsOnly(0.0);
    add("future-zfs");
    Map<String, Double> once = counted();
    assertThat(once.get("proxmox_zfs_exporter_unknown_text home")).isPositive();
    add("future-zfs");
    counted()
        .forEach((count, value) -> assertThat(value).isEqualTo(2 * once.getOrDefault(count, -1.0)));
  }
}
