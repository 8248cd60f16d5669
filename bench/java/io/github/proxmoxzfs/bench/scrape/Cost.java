package io.github.proxmoxzfs.bench.scrape;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/// What some scrapes took and cost.
///
/// @param nanos how long each took
/// @param cpuNanos what all took of the processor, in this process
/// @param wire what all did on the wire
record Cost(List<Long> nanos, long cpuNanos, ClusterProcess.Wire wire) {
  private static final double NANOS_OF_MILLI = 1e6;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  Cost {
    nanos = List.copyOf(nanos);
  }

  /// Scrapes some times. Before each scrape the server has closed all connections; what closing
  /// them costs us counts too.
  static Cost of(Scraped scraped, ClusterProcess cluster, int scrapes)
      throws IOException, InterruptedException {
    cluster.closeConnections();
    ClusterProcess.Wire wire = cluster.wire();
    long cpu = SYSTEM.getProcessCpuTime();
    var nanos = new Long[scrapes];
    for (int i = 0; i < scrapes; i++) {
      nanos[i] = scraped.scrape();
      cluster.closeConnections();
    }
    long spent = SYSTEM.getProcessCpuTime() - cpu;
    return new Cost(List.of(nanos), spent, cluster.wire().since(wire));
  }

  /// This and another one of the same.
  Cost plus(Cost other) {
    return new Cost(
        Stream.concat(nanos.stream(), other.nanos.stream()).toList(),
        cpuNanos + other.cpuNanos,
        new ClusterProcess.Wire(
            wire.connections() + other.wire.connections(),
            wire.full() + other.wire.full(),
            wire.resumed() + other.wire.resumed(),
            wire.logins() + other.wire.logins(),
            wire.requests() + other.wire.requests()));
  }

  /// The median of the times, in milliseconds.
  double medianMillis() {
    return Median.of(nanos.stream().map(it -> it / NANOS_OF_MILLI).toList());
  }

  /// Processor time of one scrape, in milliseconds.
  double cpuMillis() {
    return cpuNanos / NANOS_OF_MILLI / nanos.size();
  }

  double connections() {
    return ofScrape(wire.connections());
  }

  double full() {
    return ofScrape(wire.full());
  }

  double resumed() {
    return ofScrape(wire.resumed());
  }

  double logins() {
    return ofScrape(wire.logins());
  }

  double requests() {
    return ofScrape(wire.requests());
  }

  private double ofScrape(long all) {
    return (double) all / nanos.size();
  }
}
