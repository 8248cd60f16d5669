package io.github.proxmoxzfs.web;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Supplier;

/// A cluster that can be asked.
///
/// @param name its name in the configuration, as `/probe?target=` takes it
/// @param timeout the most time that one collection may take, whatever the scrape allows
/// @param nodes which of its nodes may be asked
/// @param collectors the collectors that are on
/// @param source asks the cluster
/// @param activity tells what was done with its API so far
public record Target(
    String name,
    Duration timeout,
    NodeFilter nodes,
    Set<Collector> collectors,
    Source source,
    Supplier<ApiActivity> activity) {
  /// Asks a cluster.
  @FunctionalInterface
  public interface Source {
    /// Asks for a part of the cluster; answers by the deadline, whatever breaks.
    ///
    /// @param collectors those whose metrics are wanted
    ClusterSnapshot collect(Scope scope, Set<Collector> collectors, Deadline deadline);

    /// The names of its nodes, known or remembered, as far as can be said by the deadline.
    default SortedSet<String> nodes(Deadline deadline) {
      return Collections.emptySortedSet();
    }

    /// Forgets a pool of a node, which may still be there.
    ///
    /// @return whether it was remembered
    default boolean forget(String node, String pool) {
      return false;
    }
  }

  public Target {
    requireNonNull(name, "name is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(nodes, "nodes is null");
    collectors = Set.copyOf(collectors);
    requireNonNull(source, "source is null");
    requireNonNull(activity, "activity is null");
  }
}
