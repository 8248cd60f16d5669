package io.github.proxmoxzfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is remembered, beside what the answers show.
class RememberedTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ScrubHistory COMPLETED =
      new ScrubHistory.Completed(
          Instant.ofEpochSecond(1_790_000_000),
          OptionalLong.of(3),
          OptionalLong.of(4096),
          Optional.of(Duration.ofMinutes(10)));

  @Test
  void aRememberedScrubIsToldWhateverTheAnswerShows() throws IOException {
    for (Reading<PoolStatus> status : List.of(resilvered(), unknownScan(), failed())) {
      assertThat(scrubs(new Pool(listing(), status, COMPLETED), clock()))
          .isEqualTo(
              """
              zfs_pool_last_scrub_duration_seconds{node="pve1",pool="tank"} 600.0
              zfs_pool_last_scrub_errors{node="pve1",pool="tank"} 3.0
              zfs_pool_last_scrub_repaired_bytes{node="pve1",pool="tank"} 4096.0
              zfs_pool_last_scrub_timestamp_seconds{node="pve1",pool="tank"} 1.79E9
              zfs_pool_never_scrubbed{node="pve1",pool="tank"} 0.0
              zfs_zpool_last_scrub{name="tank",node="pve1"} 1.79E9
              zfs_zpool_last_scrub_errors{name="tank",node="pve1"} 3.0
              """);
    }
  }

  @Test
  void withoutAZoneTheRememberedDateStandsForTheOneThatIsShown() throws IOException {
    assertThat(scrubs(new Pool(listing(), scrubbed(), COMPLETED), noClock()))
        .contains("zfs_zpool_last_scrub{name=\"tank\",node=\"pve1\"} 1.79E9\n")
        .contains("zfs_zpool_last_scrub_errors{name=\"tank\",node=\"pve1\"} 7.0\n");
  }

  @Test
  void theScrubThatIsShownGoesBeforeTheRememberedOne() throws IOException {
    assertThat(scrubs(new Pool(listing(), scrubbed(), COMPLETED), clock()))
        .contains("zfs_zpool_last_scrub{name=\"tank\",node=\"pve1\"} 1.7952192E9\n")
        .contains("zfs_zpool_last_scrub_errors{name=\"tank\",node=\"pve1\"} 7.0\n");
  }

  @Test
  void aPoolThatWasNeverScrubbedSaysSo() throws IOException {
    assertThat(scrubs(new Pool(listing(), noScan(), new ScrubHistory.Never()), clock()))
        .isEqualTo(
            """
            zfs_pool_never_scrubbed{node="pve1",pool="tank"} 1.0
            zfs_zpool_last_scrub{name="tank",node="pve1"} 0.0
            zfs_zpool_last_scrub_errors{name="tank",node="pve1"} 0.0
            """);
  }

  @Test
  void whereNothingIsKnownOnlyTheOldMetricsSayZero() throws IOException {
    assertThat(scrubs(new Pool(listing(), resilvered(), new ScrubHistory.Unknown()), clock()))
        .isEqualTo(
            """
            zfs_zpool_last_scrub{name="tank",node="pve1"} 0.0
            zfs_zpool_last_scrub_errors{name="tank",node="pve1"} 0.0
            """);
    for (Reading<PoolStatus> status : List.of(unknownScan(), failed())) {
      assertThat(scrubs(new Pool(listing(), status, new ScrubHistory.Unknown()), clock()))
          .isEmpty();
    }
  }

  @Test
  void aMissingPoolSaysWhyItIsMissing() throws IOException {
    var snapshot =
        new ClusterSnapshot(
            NOW,
            new Reading.Failed<>(FailureReason.UNREACHABLE, "refused"),
            Duration.ZERO,
            List.of(
                new MissingPool("pve1", "gone", MissingPool.Cause.NOT_LISTED),
                new MissingPool("pve2", "off", MissingPool.Cause.NODE_OFFLINE),
                new MissingPool("pve3", "dark", MissingPool.Cause.NO_LIST)),
            Map.of());
    assertThat(samples(snapshot, "zfs_"))
        .contains(
            """
            zfs_pool_failure{node="pve2",pool="off",reason="node_offline"} 1.0
            zfs_pool_failure{node="pve3",pool="dark",reason="no_list"} 1.0
            zfs_pool_present{node="pve1",pool="gone"} 0.0
            zfs_pool_up{node="pve2",pool="off"} 0.0
            zfs_pool_up{node="pve3",pool="dark"} 0.0
            """);
  }

  private static String scrubs(Pool pool, Reading<NodeClock> clock) throws IOException {
    var node =
        new NodeSnapshot("pve1", true, new Reading.Ok<>(List.of(pool), NOW), clock, Map.of());
    return samples(
        new ClusterSnapshot(NOW, new Reading.Ok<>(List.of(node), NOW), Duration.ZERO),
        "zfs_z?pool_(last_scrub|never_scrubbed)");
  }

  /// The samples whose names begin so.
  private static String samples(ClusterSnapshot snapshot, String names) throws IOException {
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(
            text,
            ClusterMetrics.of(snapshot, Set.of("compat", "pool", "scan", "vdev")).families(),
            EscapingScheme.UNDERSCORE_ESCAPING);
    var samples = new StringBuilder();
    text.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.matches(names + ".*"))
        .forEach(line -> samples.append(line).append('\n'));
    return samples.toString();
  }

  private static PoolListing listing() {
    return new PoolListing("tank", PoolHealth.ONLINE, Optional.empty(), false);
  }

  private static Reading<NodeClock> clock() {
    return new Reading.Ok<>(new NodeClock(ZoneOffset.UTC, Duration.ZERO), NOW);
  }

  private static Reading<NodeClock> noClock() {
    return new Reading.Failed<>(FailureReason.ZONE_UNKNOWN, "no zone");
  }

  private static Reading<PoolStatus> failed() {
    return new Reading.Failed<>(FailureReason.TIMED_OUT, "late");
  }

  private static Reading<PoolStatus> noScan() {
    return status(Optional.empty());
  }

  private static Reading<PoolStatus> unknownScan() {
    return status(Optional.of(new Scan.Unknown("scrub verified")));
  }

  private static Reading<PoolStatus> resilvered() {
    return status(Optional.of(finished(Scan.Function.RESILVER)));
  }

  private static Reading<PoolStatus> scrubbed() {
    return status(Optional.of(finished(Scan.Function.SCRUB)));
  }

  private static Scan finished(Scan.Function function) {
    return new Scan.Finished(
        Scan.Subject.of(function),
        OptionalLong.of(0),
        Optional.of(Duration.ofHours(1)),
        OptionalLong.of(7),
        OptionalLong.empty(),
        LocalDateTime.parse("2026-11-21T00:00:00"));
  }

  private static Reading<PoolStatus> status(Optional<Scan> scan) {
    return new Reading.Ok<>(
        new PoolStatus(PoolHealth.ONLINE, scan, Optional.empty(), new DataErrors.Count(0)), NOW);
  }
}
