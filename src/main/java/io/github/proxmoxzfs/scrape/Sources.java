package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.Source;
import java.util.EnumSet;
import java.util.Set;

/// Which sources the collectors need.
final class Sources {
  private Sources() {}

  /// The sources that at least one of the collectors needs; the list of nodes always is.
  static Set<Source> neededBy(Set<Collector> collectors) {
    var sources = EnumSet.of(Source.NODES);
    collectors.forEach(collector -> sources.addAll(neededBy(collector)));
    return sources;
  }

  private static Set<Source> neededBy(Collector collector) {
    return switch (collector) {
      case COMPAT, POOL, SCAN -> EnumSet.of(Source.POOLS, Source.POOL_STATUS, Source.TIME);
      case VDEV -> EnumSet.of(Source.POOLS, Source.POOL_STATUS);
      case DISK, SMART, REPLICATION, STORAGE -> EnumSet.noneOf(Source.class);
    };
  }
}
