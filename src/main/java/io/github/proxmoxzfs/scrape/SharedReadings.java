package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The questions to one cluster, each shared by all scrapes: per node and source, and per pool.
final class SharedReadings {
  private final ProxmoxClient client;
  private final Duration sharedFor;
  private final SharedReading<List<NodeEntry>> nodes;
  private final Map<String, OfNode> byNode = new ConcurrentHashMap<>();

  /// @param sharedFor for how long after it was asked an answer serves others
  SharedReadings(ProxmoxClient client, Duration sharedFor) {
    this.client = client;
    this.sharedFor = sharedFor;
    this.nodes = new SharedReading<>("nodes", client::nodes, sharedFor);
  }

  /// The cluster's nodes.
  SharedReading<List<NodeEntry>> nodes() {
    return nodes;
  }

  /// What is asked of a node.
  OfNode of(String node) {
    return byNode.computeIfAbsent(node, OfNode::new);
  }

  /// Drops what belongs to nodes that the cluster has no longer.
  void keepNodes(Set<String> present) {
    byNode.keySet().retainAll(present);
  }

  /// The questions to one node.
  final class OfNode {
    private final String node;
    private final SharedReading<List<PoolListing>> pools;
    private final SharedReading<NodeClock> clock;
    private final Map<String, SharedReading<PoolStatus>> statuses = new ConcurrentHashMap<>();

    private OfNode(String node) {
      this.node = node;
      this.pools =
          new SharedReading<>("pools-" + node, limit -> client.pools(node, limit), sharedFor);
      this.clock =
          new SharedReading<>("time-" + node, limit -> client.clock(node, limit), sharedFor);
    }

    /// Its pools.
    SharedReading<List<PoolListing>> pools() {
      return pools;
    }

    /// Its clock.
    SharedReading<NodeClock> clock() {
      return clock;
    }

    /// One of its pools.
    SharedReading<PoolStatus> status(String pool) {
      return statuses.computeIfAbsent(
          pool,
          name ->
              new SharedReading<>(
                  "pool-" + node + "-" + name, client.pool(node, name)::ask, sharedFor));
    }

    /// Drops what belongs to pools that the node has no longer.
    void keepPools(Set<String> present) {
      statuses
          .entrySet()
          .removeIf(entry -> !present.contains(entry.getKey()) && entry.getValue().isIdle());
    }
  }
}
