package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The probes of all nodes and that of the cluster itself are the probe of the whole, cut in parts:
/// whoever scrapes the parts has each series once.
class PartsOfAClusterTest {
  static Set<String> scenarios() {
    return new TreeSet<>(Scenario.names().keySet());
  }

  /// The series with their values; how long a call took is another each time.
  private static List<String> series(String metrics) {
    return metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(
            line ->
                line.startsWith("zfs_scrape_collector_duration_seconds{")
                    ? line.replaceFirst(" \\S+$", "")
                    : line)
        .toList();
  }

  private static List<String> parts(SimulatedScrape scrape, List<String> nodes) {
    var parts = new ArrayList<>(series(scrape.metrics(new Scope.ClusterItself())));
    nodes.forEach(node -> parts.addAll(series(scrape.metrics(new Scope.OneNode(node)))));
    return parts;
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void thePartsTogetherAreTheWhole(String scenario) {
    try (var scrape = new SimulatedScrape(Scenario.named(scenario), SimulatedScrape.NOW)) {
      List<String> nodes =
          scrape.collect().nodes().asOptional().orElseThrow().stream()
              .map(NodeSnapshot::name)
              .toList();
      assertThat(nodes).isNotEmpty();
      List<String> whole = series(scrape.metrics());
      assertThat(parts(scrape, nodes)).containsExactlyInAnyOrderElementsOf(whole);
      assertThat(whole).doesNotHaveDuplicates();
    }
  }

  @Test
  void whatIsRememberedOfANodeStandsInItsPartWhenTheNodeHasLeft() {
    try (var scrape = new SimulatedScrape(Scenario.named("healthy"), SimulatedScrape.NOW)) {
      scrape.collect();
      scrape
          .simulator()
          .answer(
              "/nodes",
              Answer.json(
                  """
                  {"data":[{"node":"pve2","status":"online"},{"node":"pve3","status":"online"}]}"""));
      List<String> whole = series(scrape.metrics());
      List<String> parts = parts(scrape, List.of("pve1", "pve2", "pve3"));
      assertThat(whole).contains("zfs_pool_up{node=\"pve1\",pool=\"tank\"} 0.0");
      // Only who asks for the node by its name can be told that there is none.
      List<String> onlyInItsPart =
          List.of(
              "proxmox_zfs_exporter_node_up{node=\"pve1\"} 0.0",
              "proxmox_zfs_exporter_failure{collector=\"nodes\",node=\"pve1\","
                  + "reason=\"node_not_listed\"} 1.0");
      assertThat(parts)
          .containsAll(onlyInItsPart)
          .filteredOn(series -> !onlyInItsPart.contains(series))
          .containsExactlyInAnyOrderElementsOf(whole);
    }
  }
}
