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
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/// Asks one node for what is known of it.
final class NodeCollection {
  /// Clocks differ by a little; a scan that ended further ahead of its reading than this was read
  /// with a wrong zone.
  private static final Duration TOLERATED_FUTURE = Duration.ofMinutes(5);

  private final ProxmoxClient client;
  private final NodeClocks clocks;
  private final FanOut fanOut;
  private final Set<Source> wanted;

  /// @param wanted the sources to ask; what no collector needs is not asked for
  NodeCollection(ProxmoxClient client, NodeClocks clocks, FanOut fanOut, Set<Source> wanted) {
    this.client = client;
    this.clocks = clocks;
    this.fanOut = fanOut;
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
    var durations = new EnumMap<Source, Duration>(Source.class);
    // Beside the pools, not before them: a node whose time cannot be had still has pools.
    Future<NodeClocks.Answer> pendingClock = fanOut.begin(() -> clock(node, deadline));
    long began = System.nanoTime();
    Reading<List<PoolListing>> listings = listings(node, deadline);
    if (wanted.contains(Source.POOLS)) {
      durations.put(Source.POOLS, since(began));
    }
    Reading<List<Pool>> pools =
        listings.then(
            ok -> {
              long statusBegan = System.nanoTime();
              List<Pool> asked = withStatus(node, ok.value(), deadline);
              if (!asked.isEmpty()) {
                durations.put(Source.POOL_STATUS, since(statusBegan));
              }
              return new Reading.Ok<>(asked, ok.readAt());
            });
    NodeClocks.Answer clock =
        FanOut.await(
            pendingClock,
            Grace.of(deadline),
            new FanOut.Otherwise<>(
                () -> NodeClocks.Answer.none(late()), () -> NodeClocks.Answer.none(broken())));
    if (isDoubtful(pools, clock.clock())) {
      clock = clocks.ofDoubted(node, deadline);
    }
    if (wanted.contains(Source.TIME)) {
      durations.put(Source.TIME, clock.duration());
    }
    return new NodeSnapshot(node, true, pools, clock.clock(), clock.asked(), durations);
  }

  private NodeClocks.Answer clock(String node, Deadline deadline) {
    return wanted.contains(Source.TIME)
        ? clocks.of(node, deadline)
        : NodeClocks.Answer.none(new Reading.Skipped<>());
  }

  private Reading<List<PoolListing>> listings(String node, Deadline deadline) {
    return wanted.contains(Source.POOLS) ? client.pools(node, deadline) : new Reading.Skipped<>();
  }

  private List<Pool> withStatus(String node, List<PoolListing> listings, Deadline deadline) {
    List<Callable<Reading<PoolStatus>>> calls =
        listings.stream()
            .<Callable<Reading<PoolStatus>>>map(listing -> () -> status(node, listing, deadline))
            .toList();
    List<Reading<PoolStatus>> statuses =
        fanOut.all(
            calls,
            () -> Grace.of(deadline),
            new FanOut.Otherwise<>(NodeCollection::late, NodeCollection::broken));
    var pools = new ArrayList<Pool>();
    for (int i = 0; i < listings.size(); i++) {
      pools.add(new Pool(listings.get(i), statuses.get(i)));
    }
    return pools;
  }

  private Reading<PoolStatus> status(String node, PoolListing listing, Deadline deadline) {
    if (listing.nameTruncated()) {
      return new Reading.Failed<>(
          FailureReason.UNSUPPORTED_NAME,
          "the pool's name holds a blank: Proxmox shows it as " + listing.name());
    }
    return client.poolStatus(node, listing.name(), deadline);
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

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
