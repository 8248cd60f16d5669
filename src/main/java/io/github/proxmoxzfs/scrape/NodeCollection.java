package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Asks one node for what is known of it.
final class NodeCollection {
  /// Clocks differ by a little; a scan that ended further ahead of its reading than this was read
  /// with a wrong zone.
  private static final Duration TOLERATED_FUTURE = Duration.ofMinutes(5);

  private final SharedReadings readings;
  private final NodeClocks clocks;
  private final Set<Source> wanted;

  /// @param wanted the sources to ask; what no collector needs is not asked for
  NodeCollection(SharedReadings readings, NodeClocks clocks, Set<Source> wanted) {
    this.readings = readings;
    this.clocks = clocks;
    this.wanted = Set.copyOf(wanted);
  }

  /// What stands for a node whose collection had not ended in time.
  static NodeSnapshot late(String node) {
    return new NodeSnapshot(node, true, late(), late(), Map.of());
  }

  /// What stands for a node whose collection broke by a fault of ours.
  static NodeSnapshot broken(String node) {
    return new NodeSnapshot(node, true, broken(), broken(), Map.of());
  }

  /// Asks a node; one that the cluster counts as offline costs nothing.
  NodeSnapshot collect(NodeEntry entry, Deadline deadline) {
    return switch (entry.status()) {
      case OFFLINE ->
          new NodeSnapshot(
              entry.name(), false, new Reading.Skipped<>(), new Reading.Skipped<>(), Map.of());
      case ONLINE, UNKNOWN -> ask(entry.name(), deadline);
    };
  }

  private NodeSnapshot ask(String node, Deadline deadline) {
    SharedReadings.OfNode shared = readings.of(node);
    var durations = new EnumMap<Source, Duration>(Source.class);
    // Beside the pools, not before them: a node whose time cannot be had still has pools.
    CompletableFuture<NodeClocks.Answer> pendingClock =
        FanOut.begin("clock-" + node, deadline.time(), () -> clock(node, deadline));
    Reading<List<Pool>> pools =
        wanted.contains(Source.POOLS)
            ? pools(shared, deadline, durations)
            : new Reading.Skipped<>();
    NodeClocks.Answer clock =
        FanOut.await(
            pendingClock,
            Grace.ofOuter(deadline),
            new FanOut.Otherwise<>(
                () -> NodeClocks.Answer.none(late()), () -> NodeClocks.Answer.none(broken())));
    if (isDoubtful(pools, clock.clock())) {
      clock = clocks.ofDoubted(node, deadline);
    }
    if (wanted.contains(Source.TIME)) {
      durations.put(Source.TIME, clock.duration());
    }
    return new NodeSnapshot(node, true, pools, clock.clock(), durations).withTime(clock.asked());
  }

  private NodeClocks.Answer clock(String node, Deadline deadline) {
    return wanted.contains(Source.TIME)
        ? clocks.of(node, deadline)
        : NodeClocks.Answer.none(new Reading.Skipped<>());
  }

  private static Reading<List<Pool>> pools(
      SharedReadings.OfNode shared, Deadline deadline, Map<Source, Duration> durations) {
    SharedReading.Outcome<List<PoolListing>> listings = shared.pools().ask(deadline).await();
    durations.put(Source.POOLS, listings.took());
    return listings
        .reading()
        .then(
            ok -> {
              shared.keepPools(
                  ok.value().stream().map(PoolListing::name).collect(Collectors.toSet()));
              return new Reading.Ok<>(
                  withStatus(shared, ok.value(), deadline, durations), ok.readAt());
            });
  }

  private static List<Pool> withStatus(
      SharedReadings.OfNode shared,
      List<PoolListing> listings,
      Deadline deadline,
      Map<Source, Duration> durations) {
    var pending = new HashMap<String, SharedReading<PoolStatus>.Pending>();
    // What was slow last goes last: while it is unanswered, no other is asked.
    listings.stream()
        .filter(listing -> !listing.nameTruncated())
        .sorted(Comparator.comparing(listing -> shared.status(listing.name()).isSlow()))
        .map(PoolListing::name)
        .forEach(name -> pending.put(name, shared.status(name).ask(deadline)));
    var pools = new ArrayList<Pool>();
    for (PoolListing listing : listings) {
      SharedReading<PoolStatus>.Pending asked = pending.get(listing.name());
      if (asked == null || listing.nameTruncated()) {
        pools.add(new Pool(listing, nameTruncated(listing)));
      } else {
        SharedReading.Outcome<PoolStatus> outcome = asked.await();
        // They go side by side, each from the start of all.
        durations.merge(Source.POOL_STATUS, outcome.took(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        pools.add(new Pool(listing, outcome.reading()));
      }
    }
    return pools;
  }

  private static Reading<PoolStatus> nameTruncated(PoolListing listing) {
    return new Reading.Failed<>(
        FailureReason.UNSUPPORTED_NAME,
        "the pool's name holds a blank: Proxmox shows it as " + listing.name());
  }

  private static <T> Reading<T> late() {
    return new Reading.Failed<>(FailureReason.TIMED_OUT, "no answer before the deadline");
  }

  private static <T> Reading<T> broken() {
    return new Reading.Failed<>(FailureReason.INTERNAL, "a fault of the exporter");
  }

  private static boolean isDoubtful(Reading<List<Pool>> pools, Reading<NodeClock> clock) {
    if (!(clock instanceof Reading.Ok<NodeClock>(NodeClock known, _))) {
      return false;
    }
    return pools.asOptional().orElse(List.of()).stream()
        .map(Pool::status)
        .anyMatch(
            status ->
                status instanceof Reading.Ok<PoolStatus>(PoolStatus read, Instant readAt)
                    && read.scan().orElse(null) instanceof Scan.Finished scan
                    && known
                        .instantOf(scan.ended(), readAt)
                        .isAfter(readAt.plus(known.aheadOfUs()).plus(TOLERATED_FUTURE)));
  }
}
