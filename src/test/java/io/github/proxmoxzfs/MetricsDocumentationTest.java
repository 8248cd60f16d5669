package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/metrics.md names each metric that any scenario shows, with its labels, and no other.
class MetricsDocumentationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|([^|]*)\\|.*\\|$");
  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  @Test
  void thePageAndTheOutputAgree() throws IOException {
    var shown = new TreeMap<String, Set<String>>();
    try (Stream<Path> golden = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : golden.toList()) {
        addSeries(Files.readString(file), shown);
      }
    }
    addSeries(processMetrics(), shown);
    addSeries(rememberedScrub(), shown);
    assertThat(documented()).isEqualTo(shown);
  }

  @Test
  void thePageNamesEachReason() throws IOException {
    Set<String> reasons =
        Arrays.stream(FailureReason.values()).map(FailureReason::label).collect(Collectors.toSet());
    String page = Files.readString(Path.of("docs/metrics.md"));
    String section = page.substring(page.indexOf("## Reasons"));
    assertThat(
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(section)
                .results()
                .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(reasons);
  }

  private static Map<String, Set<String>> documented() throws IOException {
    var documented = new TreeMap<String, Set<String>>();
    ROW.matcher(Files.readString(Path.of("docs/metrics.md")))
        .results()
        .forEach(
            row ->
                documented.put(
                    row.group(1),
                    Arrays.stream(row.group(2).split(",", -1))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new))));
    return documented;
  }

  private static void addSeries(String metrics, Map<String, Set<String>> shown) {
    for (MatchResult series : SERIES.matcher(metrics).results().toList()) {
      var labels = new TreeSet<String>();
      if (series.group(2) != null) {
        LABEL.matcher(series.group(2)).results().forEach(label -> labels.add(label.group(1)));
      }
      assertThat(shown.getOrDefault(series.group(1), labels))
          .as("labels of " + series.group(1))
          .isEqualTo(labels);
      shown.put(series.group(1), labels);
    }
  }

  private static String processMetrics() throws IOException {
    return text(new ProcessMetrics("1").families());
  }

  /// A scenario is one scrape, which remembers nothing.
  private static String rememberedScrub() throws IOException {
    var pool =
        new Pool(
            new PoolListing("tank", PoolHealth.ONLINE, Optional.empty(), false),
            new Reading.Skipped<>(),
            new ScrubHistory.Completed(
                SimulatedScrape.NOW,
                OptionalLong.of(0),
                OptionalLong.of(0),
                Optional.of(Duration.ofHours(1))));
    var node =
        new NodeSnapshot(
            "pve1",
            true,
            new Reading.Ok<>(List.of(pool), SimulatedScrape.NOW),
            new Reading.Skipped<>(),
            Map.of());
    var snapshot =
        new ClusterSnapshot(
            SimulatedScrape.NOW,
            new Reading.Ok<>(List.of(node), SimulatedScrape.NOW),
            Duration.ZERO);
    return text(ClusterMetrics.of(snapshot, Set.of("scan")).families());
  }

  private static String text(MetricSnapshots families) throws IOException {
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, families, EscapingScheme.UNDERSCORE_ESCAPING);
    return text.toString(StandardCharsets.UTF_8);
  }
}
