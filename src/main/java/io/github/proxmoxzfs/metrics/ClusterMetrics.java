package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Scope;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The metrics of a cluster.
public final class ClusterMetrics {
  private static final System.Logger LOG = System.getLogger(ClusterMetrics.class.getName());

  private ClusterMetrics() {}

  /// The collectors that there are, as `--collector.NAME` names them.
  private record Named(String name, Collector collector) {}

  private static final List<Named> COLLECTORS =
      List.of(
          new Named("compat", new CompatCollector()),
          new Named("pool", new PoolCollector()),
          new Named("scan", new ScanCollector()),
          new Named("vdev", new VdevCollector()),
          new Named("disk", new DiskCollector()),
          new Named("smart", new SmartCollector()),
          new Named("replication", new ReplicationCollector()),
          new Named("storage", new StorageCollector()));

  private static final Collector ALWAYS = new SightCollector();

  /// The names of the collectors that there are.
  public static Set<String> collectors() {
    return COLLECTORS.stream().map(Named::name).collect(Collectors.toUnmodifiableSet());
  }

  /// Turns a snapshot of a whole cluster into families.
  public static Exposition of(ClusterSnapshot snapshot, Set<String> enabled) {
    return of(snapshot, enabled, new Scope.WholeCluster());
  }

  /// Turns a snapshot into families. A collector that fails costs only its own families.
  ///
  /// @param enabled the names of the collectors to use; what the exporter sees is always told
  /// @param scope what to tell: the parts of a cluster together have the series of the whole, none
  ///   of them twice
  public static Exposition of(ClusterSnapshot snapshot, Set<String> enabled, Scope scope) {
    var families = new Families(scope);
    collect("sight", ALWAYS, snapshot, families);
    for (Named named : COLLECTORS) {
      if (enabled.contains(named.name())) {
        collect(named.name(), named.collector(), snapshot, families);
      }
    }
    return families.build();
  }

  private static void collect(
      String name, Collector collector, ClusterSnapshot snapshot, Families families) {
    try {
      collector.collect(snapshot, families);
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "The collector " + name + " failed.", failure);
    }
  }
}
