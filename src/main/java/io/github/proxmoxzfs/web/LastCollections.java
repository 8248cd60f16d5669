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
  private static final Duration OLD = Duration.ofMinutes(1);

  /// Soon after the start much is still being asked beside the collections: disks, SMART, versions.
  private static final Duration NEW_HERE = Duration.ofMinutes(2);

  private static final Duration OLD_WHERE_NEW = Duration.ofSeconds(5);

  /// A collection, and when it and the first one of the cluster ended, as of [System#nanoTime()]:
  /// clocks may be set.
  record Seen(ClusterSnapshot snapshot, long firstNanos, long nanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /// Whether another one would tell more.
    boolean isOld(long nowNanos) {
      boolean isNewHere = nanos - firstNanos < NEW_HERE.toNanos();
      return nowNanos - nanos >= (isNewHere ? OLD_WHERE_NEW : OLD).toNanos();
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
      long now = System.nanoTime();
      seen.merge(
          target.source(),
          new Seen(snapshot, now, now),
          (before, newer) -> new Seen(snapshot, before.firstNanos(), newer.nanos()));
    }
  }

  Optional<Seen> of(Target target) {
    return Optional.ofNullable(seen.get(target.source()));
  }
}
