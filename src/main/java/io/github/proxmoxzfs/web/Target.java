package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/// A cluster that can be asked.
///
/// @param name its name in the configuration, as `/probe?target=` takes it
/// @param timeout the most time that one collection may take, whatever the scrape allows
/// @param collectors the names of the collectors that are on
/// @param collect asks the cluster; answers by the deadline
public record Target(
    String name,
    Duration timeout,
    Set<String> collectors,
    Function<Deadline, ClusterSnapshot> collect) {
  public Target {
    collectors = Set.copyOf(collectors);
  }
}
