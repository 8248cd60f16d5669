package io.github.proxmoxzfs.bench;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.pve.RecordedAnswers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The answers of a cluster in one scrape, as they arrive.
final class RecordedCluster {
  /// When the answers arrived: after everything that they tell of.
  static final Instant RECEIVED = Instant.parse("2026-11-22T13:00:00Z");

  private static final Duration DURATION = Duration.ofMillis(25);

  private record Node(String name, byte[] list, List<byte[]> statuses) {}

  private final List<Node> nodes;

  private RecordedCluster(List<Node> nodes) {
    this.nodes = nodes;
  }

  /// A cluster with this many pools, spread evenly over its nodes.
  ///
  /// @param firstShape the first pool's index in [RecordedPool#ALL]; the others follow in turn
  static RecordedCluster of(int pools, int nodes, int firstShape) {
    var built = new ArrayList<Node>();
    int perNode = pools / nodes;
    for (int node = 0; node < nodes; node++) {
      var recorded = new ArrayList<RecordedPool>();
      for (int number = node * perNode; number < (node + 1) * perNode; number++) {
        int shape = (firstShape + number) % RecordedPool.ALL.size();
        recorded.add(RecordedPool.ALL.get(shape).named(number));
      }
      built.add(node(String.format(Locale.ROOT, "pve%02d", node), recorded));
    }
    return new RecordedCluster(built);
  }

  private static Node node(String name, List<RecordedPool> pools) {
    String list =
        pools.stream().map(RecordedPool::row).collect(Collectors.joining(",", "{\"data\":[", "]}"));
    return new Node(
        name,
        bytes(list),
        pools.stream().map(RecordedPool::status).map(RecordedCluster::bytes).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Reads all answers, as a scrape does.
  ClusterSnapshot read() {
    var snapshots = new ArrayList<NodeSnapshot>();
    for (Node node : nodes) {
      snapshots.add(read(node));
    }
    return new ClusterSnapshot(RECEIVED, new Reading.Ok<>(snapshots, RECEIVED), DURATION);
  }

  private static NodeSnapshot read(Node node) {
    List<PoolListing> listings = RecordedAnswers.pools(node.list());
    var pools = new ArrayList<Pool>();
    for (int i = 0; i < listings.size(); i++) {
      var status = RecordedAnswers.poolStatus(node.statuses().get(i));
      pools.add(new Pool(listings.get(i), new Reading.Ok<>(status, RECEIVED)));
    }
    return new NodeSnapshot(
        node.name(),
        true,
        new Reading.Ok<>(pools, RECEIVED),
        // Asked once an hour only.
        new Reading.Ok<>(new NodeClock(ZoneOffset.UTC, Duration.ZERO), RECEIVED),
        Map.of(Source.POOLS, DURATION, Source.POOL_STATUS, DURATION, Source.TIME, Duration.ZERO));
  }
}
