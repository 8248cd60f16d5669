package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The metrics of each scenario, whole. `-Dgolden.write=true` writes the files anew.
class GoldenMetricsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static Set<String> scenarios() {
    return new TreeSet<>(Scenario.names().keySet());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aScenariosMetricsAreTheseAndNoOthers(String name) throws IOException {
    Path golden = FOLDER.resolve(name + ".txt");
    String metrics;
    try (var scrape = new SimulatedScrape(Scenario.named(name), SimulatedScrape.NOW)) {
      metrics = withoutDurations(scrape.metrics());
    }
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, metrics);
    }
    assertThat(metrics).isEqualTo(Files.readString(golden));
  }

  @Test
  void eachGoldenFileHasItsScenario() throws IOException {
    Set<String> names = new TreeSet<>(scenarios());
    names.add("hung"); // scrape.HungNodesTest plays it
    names.add("rights"); // scrape.RightsTest plays it
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  /// How long a call took is another each time.
  private static String withoutDurations(String metrics) {
    return metrics
        .lines()
        .map(
            line ->
                line.startsWith("zfs_scrape_collector_duration_seconds{")
                    ? line.replaceFirst(" \\S+$", " <duration>")
                    : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
