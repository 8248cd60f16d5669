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
/// @param durations how long each source took that was asked
public record NodeSnapshot(
    String name,
    boolean online,
    Reading<List<Pool>> pools,
    Reading<NodeClock> clock,
    Map<Source, Duration> durations) {
  public NodeSnapshot {
    requireNonNull(name, "name is null");
    requireNonNull(pools, "pools is null");
    requireNonNull(clock, "clock is null");
    durations = Map.copyOf(durations);
  }
}
