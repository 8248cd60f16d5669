package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What nodes refused for want of a privilege.
final class Refused {
  private Refused() {}

  /// The sources of which at least one node refused something.
  static Stream<Source> sources(
      Collection<NodeSnapshot> nodes, Map<String, Reading<NodeVersions>> versions) {
    return Stream.concat(
        nodes.stream().flatMap(Refused::sources),
        versions.values().stream().filter(Refused::isRefused).map(_ -> Source.VERSIONS));
  }

  private static Stream<Source> sources(NodeSnapshot node) {
    List<Pool> pools = node.pools().asOptional().orElse(List.of());
    return Stream.of(
            Stream.of(node.pools()).filter(Refused::isRefused).map(_ -> Source.POOLS),
            pools.stream().filter(pool -> isRefused(pool.status())).map(_ -> Source.POOL_STATUS),
            Stream.of(node.time()).filter(Refused::isRefused).map(_ -> Source.TIME),
            Stream.of(node.disks().list()).filter(Refused::isRefused).map(_ -> Source.DISKS),
            node.disks().smart().values().stream()
                .filter(smart -> isRefused(smart.latest()))
                .map(_ -> Source.SMART))
        .flatMap(sources -> sources);
  }

  private static boolean isRefused(Reading<?> reading) {
    return reading.failure().filter(FailureReason.FORBIDDEN::equals).isPresent();
  }
}
