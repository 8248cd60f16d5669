package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Responsiveness;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.sim.Hang;
import io.github.proxmoxzfs.sim.Scenario;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Pools that hang, and what that does to their node and to the others, in hours that are played.
class HungNodesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Map<String, String> ALL_WELL =
      Map.of(
          "pve1", "rpool:ok tank:ok",
          "pve2", "fast:ok media:ok rpool:ok",
          "pve3", "rpool:ok storage:ok");

  private final PlayedCluster cluster = new PlayedCluster(Scenario.named("healthy"));

  @AfterEach
  void stop() {
    cluster.close();
  }

  /// Scrapes for so long, and lets each scrape's outcome be looked at.
  private void scrapeFor(Duration duration, Consumer<ClusterSnapshot> look) {
    for (long left = duration.dividedBy(INTERVAL); left > 0; left--) {
      long began = cluster.time.nanos();
      ClusterSnapshot snapshot = cluster.scrape();
      Duration took = Duration.ofNanos(cluster.time.nanos() - began);
      assertThat(took).isLessThan(PlayedCluster.ALLOWED.plusMillis(400));
      look.accept(snapshot);
      cluster.pass(INTERVAL.minus(took));
    }
  }

  private void play(Runnable story) {
    cluster.time.play(
        () -> {
          story.run();
          return true;
        });
  }

  /// Whatever happens: the other nodes are told in full, and a worker is left for everybody.
  private void othersAreWell(ClusterSnapshot snapshot) {
    assertThat(PlayedCluster.outcome(snapshot))
        .containsEntry("pve1", ALL_WELL.get("pve1"))
        .containsEntry("pve3", ALL_WELL.get("pve3"));
    assertThat(cluster.simulator.maximumBusyWorkers("pve2")).isLessThanOrEqualTo(2);
  }

  private static Responsiveness pve2(ClusterSnapshot snapshot) {
    return snapshot.nodes().asOptional().orElseThrow().stream()
        .filter(node -> node.name().equals("pve2"))
        .map(NodeSnapshot::responsiveness)
        .findFirst()
        .orElseThrow();
  }

  private void isAllWell() {
    ClusterSnapshot snapshot = cluster.scrape();
    assertThat(PlayedCluster.outcome(snapshot)).isEqualTo(ALL_WELL);
    assertThat(pve2(snapshot)).isEqualTo(Responsiveness.ANSWERS);
  }

  @Test
  void aPoolThatHangsForADayNeverTakesTheLastWorker() {
    play(
        () -> {
          scrapeFor(
              Duration.ofMinutes(1), s -> assertThat(PlayedCluster.outcome(s)).isEqualTo(ALL_WELL));
          cluster.simulator.hang("pve2", "media");
          scrapeFor(Duration.ofMinutes(1), this::othersAreWell);
          scrapeFor(
              Duration.ofHours(24),
              snapshot -> {
                othersAreWell(snapshot);
                assertThat(PlayedCluster.outcome(snapshot)).containsEntry("pve2", "stuck");
                assertThat(pve2(snapshot).unresponsiveSince()).isPresent();
              });
          assertThat(cluster.simulator.stuckWorkers("pve2")).isEqualTo(2);
          assertThat(pve2(cluster.scrape()).stuckRequests()).isEqualTo(2);
        });
  }

  @Test
  void theMetricsSayWhatIsNotSeenAndWhy() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2", "media");
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofMinutes(1), this::othersAreWell);
          assertThatMetricsAreThoseOf(cluster.scrape());
        });
  }

  private static void assertThatMetricsAreThoseOf(ClusterSnapshot snapshot) {
    Path golden = Path.of("src/test/resources/golden/hung.txt");
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text,
              ClusterMetrics.of(
                      snapshot, Set.of("compat", "pool", "scan", "vdev"), new Scope.WholeCluster())
                  .families(),
              EscapingScheme.UNDERSCORE_ESCAPING);
      if (Boolean.getBoolean("golden.write")) {
        Files.write(golden, text.toByteArray());
      }
      assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo(Files.readString(golden));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aNodeWhoseListHangsIsNoDifferent() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2");
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofHours(1), this::othersAreWell);
          assertThat(cluster.simulator.stuckWorkers("pve2")).isEqualTo(2);
        });
  }

  @Test
  void theCanaryNoticesThatThePoolAnswersAgain() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2", Hang.ofPool("media").withStatistics(false));
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofMinutes(5), this::othersAreWell);
          cluster.simulator.recover("pve2");
          scrapeFor(
              Duration.ofMinutes(4),
              snapshot ->
                  assertThat(PlayedCluster.outcome(snapshot)).containsEntry("pve2", "stuck"));
          cluster.pass(Duration.ofMinutes(2));
          isAllWell();
        });
  }

  @Test
  void statisticsThatMoveAgainAreEvidenceEvenWhenTwoAreStuck() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2", "media");
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofHours(3), this::othersAreWell);
          assertThat(cluster.simulator.stuckWorkers("pve2")).isEqualTo(2);
          cluster.simulator.recover("pve2");
          cluster.pass(INTERVAL);
          isAllWell();
        });
  }

  @Test
  void statisticsThatNeverStoodStillAreNoEvidence() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2", Hang.ofPool("media").withStatistics(false));
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofHours(2), this::othersAreWell);
          assertThat(PlayedCluster.outcome(cluster.scrape())).containsEntry("pve2", "stuck");
        });
  }

  @Test
  void aRestartIsEvidence() {
    play(
        () -> {
          isAllWell();
          cluster.simulator.hang("pve2", Hang.ofPool("media").withStatistics(false));
          cluster.pass(INTERVAL);
          scrapeFor(Duration.ofHours(1), this::othersAreWell);
          cluster.simulator.reboot("pve2");
          cluster.pass(INTERVAL);
          isAllWell();
        });
  }

  @Test
  void slowIsNotHungAndALateAnswerServesTheNextScrape() {
    play(
        () -> {
          isAllWell();
          cluster.pass(INTERVAL);
          cluster.simulator.hang("pve2", Hang.ofPool("media").withStatistics(false));
          assertThat(PlayedCluster.outcome(cluster.scrape()))
              .containsEntry("pve2", "fast:ok media:timed_out rpool:ok");
          cluster.simulator.recover("pve2"); // answers now, after 9.6 s
          cluster.simulator.hang("pve2", Hang.ofPool("media").withStatistics(false));
          cluster.pass(Duration.ofSeconds(6));
          ClusterSnapshot served = cluster.scrape();
          assertThat(PlayedCluster.outcome(served))
              .containsEntry("pve2", "fast:ok media:ok rpool:ok");
          assertThat(pve2(served)).isEqualTo(Responsiveness.ANSWERS);
          cluster.pass(Duration.ofSeconds(6));
          assertThat(PlayedCluster.outcome(cluster.scrape()))
              .describedAs("the second call is unanswered since, so no other one is begun")
              .containsEntry("pve2", "timed_out");
        });
  }

  @Test
  void fourHungNodesOfFortyCostTheOthersNothing() {
    try (var large = new PlayedCluster(Scenario.generated(40, 6))) {
      List<String> hung = List.of("pve03", "pve14", "pve25", "pve36");
      hung.forEach(large.simulator::hang);
      large.time.play(
          () -> {
            for (int scrape = 0; scrape < 10; scrape++) {
              var outcome = PlayedCluster.outcome(large.scrape());
              hung.forEach(
                  node ->
                      assertThat(outcome.remove(node))
                          .isIn("timed_out", "node_unreachable", "stuck"));
              assertThat(outcome).hasSize(36);
              assertThat(Set.copyOf(outcome.values()))
                  .containsExactly("tank01:ok tank02:ok tank03:ok tank04:ok tank05:ok tank06:ok");
              large.pass(INTERVAL);
            }
            return true;
          });
      hung.forEach(
          node -> assertThat(large.simulator.maximumBusyWorkers(node)).isLessThanOrEqualTo(2));
    }
  }
}
