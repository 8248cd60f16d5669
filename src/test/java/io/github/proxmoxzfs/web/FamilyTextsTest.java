package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.SimulatedScrape;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.Exposition;
import io.github.proxmoxzfs.sim.Scenario;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The text must be the one that the library writes of all families at once, whatever was told
/// before.
class FamilyTextsTest {
  private static final MetricSnapshots OWN =
      MetricSnapshots.of(gauge("aaa_first"), gauge("zfs_pool_i_in_the_middle"), gauge("zzz_last"));

  private final FamilyTexts texts = new FamilyTexts();

  private static GaugeSnapshot gauge(String name) {
    return GaugeSnapshot.builder()
        .name(name)
        .help("One of the exporter's own.")
        .dataPoint(GaugeDataPointSnapshot.builder().value(1).build())
        .build();
  }

  private static FamilyTexts.Key key(ExpositionFormat format) {
    return new FamilyTexts.Key("home", new Scope.WholeCluster(), Set.of(), format);
  }

  private static ClusterSnapshot snapshot(String scenario) {
    try (var scrape = new SimulatedScrape(Scenario.named(scenario), SimulatedScrape.NOW)) {
      return scrape.collect();
    }
  }

  private static Exposition exposition(ClusterSnapshot snapshot) {
    return ClusterMetrics.of(snapshot, ClusterMetrics.collectors());
  }

  private static String expected(ExpositionFormat format, ClusterSnapshot snapshot)
      throws IOException {
    var all = new ArrayList<MetricSnapshot>();
    exposition(snapshot).families().forEach(all::add);
    OWN.forEach(all::add);
    var writer =
        switch (format) {
          case PROMETHEUS_TEXT -> PrometheusTextFormatWriter.create();
          case OPEN_METRICS_TEXT -> OpenMetricsTextFormatWriter.create();
        };
    var out = new ByteArrayOutputStream();
    writer.write(out, new MetricSnapshots(all), EscapingScheme.UNDERSCORE_ESCAPING);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String told(ExpositionFormat format, ClusterSnapshot snapshot) throws IOException {
    var out = new ByteArrayOutputStream();
    texts.of(key(format), exposition(snapshot)).with(OWN).writeTo(out, false);
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void theTextIsThatOfTheLibraryWhateverWasToldBefore(ExpositionFormat format) throws IOException {
    ClusterSnapshot degraded = snapshot("degraded");
    ClusterSnapshot healthy = snapshot("healthy");
    assertThat(exposition(healthy).each()).as("large ones").anyMatch(it -> it.size() >= 32);
    assertThat(exposition(healthy).each()).as("small ones").anyMatch(it -> it.size() < 32);
    for (ClusterSnapshot snapshot : new ClusterSnapshot[] {healthy, healthy, degraded, healthy}) {
      assertThat(told(format, snapshot)).isEqualTo(expected(format, snapshot));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsToldOfNoClusterIsWhole(ExpositionFormat format) throws IOException {
    var out = new ByteArrayOutputStream();
    texts.none(format).with(OWN).writeTo(out, false);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("aaa_first 1.0\n")
        .endsWith(format == ExpositionFormat.OPEN_METRICS_TEXT ? "# EOF\n" : "zzz_last 1.0\n");
  }
}
