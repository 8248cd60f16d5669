package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;

/// What was last seen of each cluster as a whole, so that the page shows what scrapes have seen. A
/// cluster that is configured otherwise is another one, and what was seen of one that is gone goes
/// with it.
final class LastCollections {
  /// A collection, and when it ended, as of [System#nanoTime()]: clocks may be set.
  record Seen(ClusterSnapshot snapshot, long nanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }

    Instant now() {
      return snapshot.collectedAt().plus(age());
    }
  }

  private final Map<Target.Source, Seen> seen = Collections.synchronizedMap(new WeakHashMap<>());

  /// Takes note of a collection; one of a part of the cluster, or of some collectors only, is not
  /// kept.
  void add(Target target, Scope scope, Set<Collector> collectors, ClusterSnapshot snapshot) {
    if (scope instanceof Scope.WholeCluster && collectors.equals(target.collectors())) {
      seen.put(target.source(), new Seen(snapshot, System.nanoTime()));
    }
  }

  Optional<Seen> of(Target target) {
    return Optional.ofNullable(seen.get(target.source()));
  }
}
