package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.Source;
import java.util.EnumSet;
import java.util.Set;

/// Which sources the collectors need.
final class Sources {
  private Sources() {}

  /// The sources that at least one of the collectors needs, and those that are always told of: the
  /// nodes, their versions and our privileges.
  static Set<Source> neededBy(Set<Collector> collectors) {
    var sources = EnumSet.of(Source.NODES, Source.PERMISSIONS, Source.VERSIONS);
    collectors.forEach(collector -> sources.addAll(neededBy(collector)));
    return sources;
  }

  private static Set<Source> neededBy(Collector collector) {
    return switch (collector) {
      case COMPAT, POOL, SCAN -> EnumSet.of(Source.POOLS, Source.POOL_STATUS, Source.TIME);
      case VDEV -> EnumSet.of(Source.POOLS, Source.POOL_STATUS);
      case REPLICATION -> EnumSet.of(Source.REPLICATION);
      case STORAGE -> EnumSet.of(Source.STORAGE);
      case DISK -> EnumSet.of(Source.DISKS);
      case SMART -> EnumSet.of(Source.DISKS, Source.SMART);
    };
  }
}
