package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureLogTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Reading<NodeClock> UTC =
      new Reading.Ok<>(new NodeClock(ZoneOffset.UTC, Duration.ZERO), NOW);

  private final FailureLog log = new FailureLog("home");

  private List<String> record(NodeSnapshot... nodes) {
    return record(new Reading.Ok<>(List.of(nodes), NOW));
  }

  private List<String> record(Reading<List<NodeSnapshot>> nodes) {
    try (var logged = new LoggedLines(FailureLog.class)) {
      log.record(new ClusterSnapshot(NOW, nodes, Duration.ZERO));
      return logged.lines();
    }
  }

  private static NodeSnapshot node(Reading<List<Pool>> pools) {
    return new NodeSnapshot("pve1", true, pools, UTC, Map.of());
  }

  private static NodeSnapshot withPool(Reading<PoolStatus> status) {
    var listing = new PoolListing("tank", PoolHealth.ONLINE, Optional.empty(), false);
    return node(new Reading.Ok<>(List.of(new Pool(listing, status)), NOW));
  }

  private static NodeSnapshot offline() {
    return new NodeSnapshot(
        "pve1", false, new Reading.Skipped<>(), new Reading.Skipped<>(), Map.of());
  }

  private static <T> Reading<T> failed(FailureReason reason) {
    return new Reading.Failed<>(reason, "why");
  }

  private static Reading<PoolStatus> read() {
    return new Reading.Ok<>(
        new PoolStatus(
            PoolHealth.ONLINE, Optional.empty(), Optional.empty(), new DataErrors.Count(0)),
        NOW);
  }

  @Test
  void aFailureIsToldWhenItBeginsWhenItsReasonChangesAndWhenItEnds() {
    assertThat(record(withPool(read()))).isEmpty();
    assertThat(record(withPool(failed(FailureReason.TIMED_OUT))))
        .singleElement()
        .asString()
        .contains("Cannot be read.", "pve1", "tank", "timed_out");
    assertThat(record(withPool(failed(FailureReason.TIMED_OUT)))).isEmpty();
    assertThat(record(withPool(failed(FailureReason.API_ERROR))))
        .singleElement()
        .asString()
        .contains("api_error");
    assertThat(record(withPool(read())))
        .singleElement()
        .asString()
        .contains("No longer failing.", "tank");
    assertThat(record(withPool(read()))).isEmpty();
  }

  @Test
  void whatIsNotReadAnyMoreHasNotRecovered() {
    record(withPool(failed(FailureReason.API_ERROR)));
    // The node's list fails too: of the pool nothing new is known.
    assertThat(record(node(failed(FailureReason.TIMED_OUT))))
        .noneMatch(line -> line.contains("No longer failing."));
    // The node goes offline: worse, not better.
    assertThat(record(offline())).singleElement().asString().contains("node_offline");
    // The whole cluster cannot be read.
    assertThat(record(failed(FailureReason.UNREACHABLE)))
        .singleElement()
        .asString()
        .contains("unreachable");
    // All is well again, and each end is told.
    assertThat(record(withPool(read())))
        .hasSize(4)
        .allMatch(line -> line.contains("No longer failing."));
  }

  @Test
  void aPoolOrNodeThatIsGoneIsForgottenInSilence() {
    record(withPool(failed(FailureReason.API_ERROR)));
    assertThat(record(node(new Reading.Ok<>(List.of(), NOW)))).isEmpty();
    record(withPool(failed(FailureReason.API_ERROR)));
    assertThat(record()).isEmpty();
    assertThat(record(withPool(read()))).isEmpty();
  }
}
