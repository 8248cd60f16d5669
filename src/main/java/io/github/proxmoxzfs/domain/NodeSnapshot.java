package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What is known about one node after a collection.
///
/// @param name the node's name
/// @param online whether the cluster counts the node as online; its status `unknown` (reachable,
///   but without statistics) counts as online
/// @param pools the node's pools, or why there is no list
/// @param clock the node's zone, or why it is not known
/// @param time what the node said when it was last asked for its zone; may have failed while
///   `clock` is an earlier answer
/// @param disks its disks
/// @param durations how long each source took that was asked
/// @param responsiveness whether its zfs requests come to an end
public record NodeSnapshot(
    String name,
    boolean online,
    Reading<List<Pool>> pools,
    Reading<NodeClock> clock,
    Reading<NodeClock> time,
    NodeDisks disks,
    Map<Source, Duration> durations,
    Responsiveness responsiveness) {
  public NodeSnapshot {
    requireNonNull(name, "name is null");
    requireNonNull(pools, "pools is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(time, "time is null");
    requireNonNull(disks, "disks is null");
    durations = Map.copyOf(durations);
    requireNonNull(responsiveness, "responsiveness is null");
  }

  /// A node whose zone is what it said last, whose disks were not asked for, and whose zfs requests
  /// come to an end, as far as is known. The methods `with…` make others of it.
  public NodeSnapshot(
      String name,
      boolean online,
      Reading<List<Pool>> pools,
      Reading<NodeClock> clock,
      Map<Source, Duration> durations) {
    this(name, online, pools, clock, clock, NodeDisks.NOT_ASKED, durations, Responsiveness.ANSWERS);
  }

  /// This node with other pools.
  public NodeSnapshot withPools(Reading<List<Pool>> others) {
    return new NodeSnapshot(name, online, others, clock, time, disks, durations, responsiveness);
  }

  /// This node, with what it said when it was last asked for its zone.
  public NodeSnapshot withTime(Reading<NodeClock> said) {
    return new NodeSnapshot(name, online, pools, clock, said, disks, durations, responsiveness);
  }

  /// This node with other disks.
  public NodeSnapshot withDisks(NodeDisks others) {
    return new NodeSnapshot(name, online, pools, clock, time, others, durations, responsiveness);
  }

  /// This node, with how its zfs requests come to an end.
  public NodeSnapshot withResponsiveness(Responsiveness known) {
    return new NodeSnapshot(name, online, pools, clock, time, disks, durations, known);
  }
}
