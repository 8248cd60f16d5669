package io.github.proxmoxzfs.bench.scrape;

import java.time.Duration;

/// The least time that a scrape can take, whoever asks, by what the server takes for each answer
/// and by how many requests may be under way. Network, TLS and all work of ours count nothing.
///
/// The list of nodes comes first, since nothing is known before it. Each zfs call keeps a worker
/// for the same time, so that the rest goes in rounds of that length, and two things bound their
/// number:
///
/// * a node's pools are known after its first round, and each further one asks for as many as may
///   be under way at one node;
/// * all rounds together hold no more calls than may be under way in the cluster, the first one no
///   more than there are nodes either.
final class LowerBound {
  /// A node has three workers.
  private static final int WORKERS = 3;

  private static final double NANOS_OF_MILLI = 1e6;

  private LowerBound() {}

  /// The bound in milliseconds.
  static double millis(Size size, Limits limits) {
    return of(size, limits).toNanos() / NANOS_OF_MILLI;
  }

  static Duration of(Size size, Limits limits) {
    int ofNode = Math.min(limits.perNode(), WORKERS);
    int oneNode = 1 + roundedUp(size.pools(), ofNode);
    int first = Math.min(size.nodes(), limits.inFlight());
    int allNodes = 1 + roundedUp(size.zfsCalls() - first, limits.inFlight());
    return SimulatedCluster.LIST_OF_NODES.plus(
        SimulatedCluster.ZFS_CALL.multipliedBy(Math.max(oneNode, allNodes)));
  }

  private static int roundedUp(int dividend, int divisor) {
    return Math.ceilDiv(dividend, divisor);
  }

  /// How many requests may be under way.
  ///
  /// @param perNode at one node
  /// @param inFlight in all
  record Limits(int perNode, int inFlight) {}
}
