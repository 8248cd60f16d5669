package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The article of 2020 shows answers of Proxmox and the metrics that came of them.
class ArticleTest {
  @Test
  void itsAnswersGiveItsMetrics() throws IOException {
    String article = Files.readString(Path.of("src/test/resources/article/metrics.txt"));
    String ours;
    try (var scrape = new SimulatedScrape(Scenario.named("article"), SimulatedScrape.NOW)) {
      ours = scrape.metrics();
    }
    assertThat(ofTheNine(Samples.of(ours))).isEqualTo(Samples.of(article));

    Map<String, String> help = new TreeMap<>(Samples.help(article));
    assertThat(help.put("zfs_zpool_dedup", "Deduplication ratio of zpool, 1 without deduplication"))
        .isEqualTo("Is dedup enabled on zpool");
    assertThat(ofTheNine(Samples.help(ours))).isEqualTo(help);
  }

  private static <T> Map<String, T> ofTheNine(Map<String, T> all) {
    var nine = new TreeMap<>(all);
    nine.keySet().removeIf(name -> !name.startsWith("zfs_zpool_"));
    return nine;
  }
}
