package io.github.proxmoxzfs.memory;

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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Makes collections, and says in a line what was told of scrubs and missing pools.
final class Collected {
  static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private static final Reading<NodeClock> BERLIN = clock("Europe/Berlin");

  private Collected() {}

  /// A moment after [#START].
  static Instant after(String duration) {
    return START.plus(Duration.parse(duration));
  }

  static Reading<NodeClock> clock(String zone) {
    return new Reading.Ok<>(new NodeClock(ZoneId.of(zone), Duration.ZERO), START);
  }

  static ClusterSnapshot cluster(Instant at, NodeSnapshot... nodes) {
    return new ClusterSnapshot(at, new Reading.Ok<>(List.of(nodes), at), Duration.ZERO);
  }

  static ClusterSnapshot withoutNodes(Instant at) {
    return new ClusterSnapshot(at, failed(), Duration.ZERO);
  }

  /// A node of Berlin whose list was read.
  static NodeSnapshot node(Instant at, String name, Pool... pools) {
    return node(at, name, BERLIN, pools);
  }

  static NodeSnapshot node(Instant at, String name, Reading<NodeClock> clock, Pool... pools) {
    return new NodeSnapshot(name, true, new Reading.Ok<>(List.of(pools), at), clock, Map.of());
  }

  static NodeSnapshot offline(String name) {
    return new NodeSnapshot(
        name, false, new Reading.Skipped<>(), new Reading.Skipped<>(), Map.of());
  }

  static NodeSnapshot withoutList(String name) {
    return new NodeSnapshot(name, true, failed(), BERLIN, Map.of());
  }

  static NodeSnapshot notAsked(String name) {
    return new NodeSnapshot(name, true, new Reading.Skipped<>(), BERLIN, Map.of());
  }

  static <T> Reading<T> failed() {
    return new Reading.Failed<>(FailureReason.API_ERROR, "broken");
  }

  static Pool pool(String name, Reading<PoolStatus> status) {
    return new Pool(listing(name, false), status);
  }

  static Pool cutName(String name) {
    return new Pool(listing(name, true), failed());
  }

  private static PoolListing listing(String name, boolean cut) {
    return new PoolListing(name, PoolHealth.ONLINE, Optional.empty(), cut);
  }

  /// An answer of a healthy pool that shows the scan.
  static Reading<PoolStatus> shows(Instant at, Scan scan) {
    return shows(at, PoolHealth.ONLINE, new DataErrors.Count(0), Optional.of(scan));
  }

  static Reading<PoolStatus> shows(
      Instant at, PoolHealth health, DataErrors errors, Optional<Scan> scan) {
    return new Reading.Ok<>(new PoolStatus(health, scan, Optional.empty(), errors), at);
  }

  /// An answer of a healthy pool that shows an error scrub in the place of a scan.
  static Reading<PoolStatus> showsErrorScrub(Instant at) {
    Scan scan = finished(Scan.Subject.of(Scan.Function.ERROR_SCRUB), "2026-11-21T03:00:00", 0);
    return new Reading.Ok<>(
        new PoolStatus(
            PoolHealth.ONLINE, Optional.empty(), Optional.of(scan), new DataErrors.Count(0)),
        at);
  }

  static Scan finished(Scan.Subject subject, String ended, long errors) {
    return new Scan.Finished(
        subject,
        OptionalLong.of(4096),
        Optional.of(Duration.ofMinutes(28)),
        OptionalLong.of(errors),
        OptionalLong.empty(),
        LocalDateTime.parse(ended));
  }

  static Scan scrub(String ended) {
    return finished(Scan.Subject.of(Scan.Function.SCRUB), ended, 0);
  }

  static Scan.Progress progress() {
    return new Scan.Progress(
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /// All that a collection tells of scrubs and missing pools, as `pve1/tank never, pve1/old gone`.
  static String told(ClusterSnapshot snapshot) {
    var told = new ArrayList<String>();
    snapshot.forEachPool(
        (node, pool) ->
            told.add(node.name() + "/" + pool.listing().name() + " " + scrubOf(pool.scrubs())));
    for (MissingPool missing : snapshot.missingPools()) {
      told.add(missing.node() + "/" + missing.pool() + " " + missing.cause());
    }
    return String.join(", ", told);
  }

  private static String scrubOf(ScrubHistory scrubs) {
    return switch (scrubs) {
      case ScrubHistory.Completed(Instant ended, OptionalLong errors, _, _) ->
          ended + (errors.orElse(-1) == 0 ? "" : " errors " + errors.orElse(-1));
      case ScrubHistory.Never _ -> "never";
      case ScrubHistory.Unknown _ -> "unknown";
    };
  }
}
