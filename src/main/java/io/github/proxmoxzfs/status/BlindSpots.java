package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Rights;
import io.github.proxmoxzfs.domain.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds what the exporter could not see in a collection.
public final class BlindSpots {
  private final String credential;
  private final List<BlindSpot> found = new ArrayList<>();

  private BlindSpots(String credential) {
    this.credential = credential;
  }

  /// What could not be seen of a cluster.
  ///
  /// @param credential how the commands that mend it name the credential: `user@realm!token`, or a
  ///   word in its place
  public static List<BlindSpot> of(ClusterStatus status, String credential) {
    var spots = new BlindSpots(credential);
    Surroundings known = status.snapshot().surroundings();
    spots.reading("the cluster", status.snapshot().nodes());
    spots.rights(known.rights());
    status.nodes().forEach(spots::node);
    spots.reading("storages", known.storages());
    spots.reading("replication", known.replication());
    sorted(known.replicationByNode())
        .forEach((node, reading) -> spots.ofNode(status, node, "replication", reading));
    sorted(known.versions())
        .forEach((node, reading) -> spots.ofNode(status, node, "versions", reading));
    return spots.found;
  }

  private static <T> Map<String, T> sorted(Map<String, T> byNode) {
    return new TreeMap<>(byNode);
  }

  private void ofNode(ClusterStatus status, String node, String what, Reading<?> reading) {
    boolean online = status.nodes().stream().anyMatch(n -> n.name().equals(node) && n.online());
    if (online) {
      reading(node + " " + what, reading);
    }
  }

  private void rights(Reading<Rights> reading) {
    switch (reading) {
      case Reading.Ok<Rights>(Rights rights, _) -> {
        if (!rights.missing().isEmpty()) {
          add(
              "rights",
              "the credential lacks "
                  + rights.missing().stream()
                      .map(missing -> missing.privilege() + " on " + missing.path())
                      .collect(Collectors.joining(", ")),
              List.of(PrivilegeAdvice.grant(credential)));
        }
      }
      case Reading.Failed<Rights> failed -> reading("rights", failed);
      case Reading.Skipped<Rights> _ -> {}
    }
  }

  private void node(NodeSnapshot node) {
    if (!node.online()) {
      add(
          node.name(),
          "the cluster counts it as offline, so it is not asked",
          Remedies.of(FailureReason.NODE_OFFLINE, credential));
      return;
    }
    reading(node.name() + " pools", node.pools());
    node.pools().asOptional().orElse(List.of()).forEach(pool -> pool(node, pool));
    reading(node.name() + " time zone", node.clock());
    reading(node.name() + " disks", node.disks().list());
    smart(node);
  }

  private void pool(NodeSnapshot node, Pool pool) {
    String subject = node.name() + "/" + pool.listing().name();
    if (pool.listing().nameTruncated()) {
      add(subject, "its name holds a blank: Proxmox cannot show this pool", List.of());
      return;
    }
    if (pool.status() instanceof Reading.Failed<?>(FailureReason reason, String detail)) {
      add(
          subject,
          Failures.shown(reason, detail),
          Remedies.ofPool(reason, pool.listing().name(), credential));
    }
    pool.status()
        .asOptional()
        .filter(read -> !read.unknownTexts().isEmpty())
        .ifPresent(
            read ->
                add(
                    subject,
                    "a text of ZFS is not understood: "
                        + read.unknownTexts().keySet().stream()
                            .sorted()
                            .collect(Collectors.joining(", ")),
                    List.of()));
  }

  /// Disks that say nothing, in a line for each cause: a node may have many behind a controller.
  private void smart(NodeSnapshot node) {
    var byCause = new TreeMap<String, List<String>>();
    for (DiskRow row : DiskRow.of(node)) {
      row.smart()
          .flatMap(smart -> smart.failure())
          .ifPresent(
              cause ->
                  byCause.computeIfAbsent(cause, _ -> new ArrayList<>()).add(row.disk().device()));
    }
    byCause.forEach(
        (cause, devices) ->
            add(
                node.name() + " SMART",
                String.join(", ", devices) + ": " + cause.replace('_', ' '),
                List.of()));
  }

  private void reading(String subject, Reading<?> reading) {
    if (reading instanceof Reading.Failed<?>(FailureReason reason, String detail)) {
      add(subject, Failures.shown(reason, detail), Remedies.of(reason, credential));
    }
  }

  private void add(String subject, String why, List<String> remedies) {
    found.add(new BlindSpot(subject, why, remedies));
  }
}
