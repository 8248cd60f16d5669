package io.github.proxmoxzfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.metrics.AnswerCounts;
import io.github.proxmoxzfs.metrics.ApiMetrics;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final ApiActivity ACTIVITY =
      new ApiActivity(
          List.of(
              new ApiActivity.Endpoint(
                  "pve1:8006", Optional.of(true), Optional.of(Instant.EPOCH), Optional.of(true))),
          Map.of("200", 7L),
          ApiActivity.Durations.NONE,
          Map.of("success", 1L));

  @Test
  void thePageAndTheOutputAgree() throws IOException {
    var shown = new TreeMap<String, Set<String>>();
    try (Stream<Path> golden = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : golden.toList()) {
        addSeries(Files.readString(file), shown);
      }
    }
    addSeries(Files.readString(Path.of("src/test/resources/metrics/disks.txt")), shown);
    addSeries(processMetrics(), shown);
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
    var families = new ArrayList<MetricSnapshot>();
    new ProcessMetrics("1").families(true, Instant.EPOCH).forEach(families::add);
    families.addAll(new AnswerCounts().families(Set.of("home")));
    families.addAll(ApiMetrics.of(Map.of("home", ACTIVITY)));
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(text, new MetricSnapshots(families), EscapingScheme.UNDERSCORE_ESCAPING);
    return text.toString(StandardCharsets.UTF_8);
  }
}
