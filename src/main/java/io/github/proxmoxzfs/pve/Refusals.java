package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Reading.Failed;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers where our credential was refused, and holds questions back there for a while.
///
/// Where the endpoint itself refuses it, no node is asked. Where one node does (its clock is wrong,
/// or it has lost the cluster and with it the newest tokens), the others still are.
final class Refusals {
  private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

  /// Stands for the endpoints; no node has an empty name.
  private static final String ENDPOINTS = "";

  private final String cluster;
  private final InstantSource clock;
  private final Map<String, BackOff> places = new ConcurrentHashMap<>();

  Refusals(String cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// The failure to answer with while questions to the node are held back.
  ///
  /// @param node none for a question to the endpoint
  Optional<Failed<?>> held(Optional<String> node) {
    Instant now = clock.instant();
    return at(ENDPOINTS).held(now).or(() -> at(place(node)).held(now));
  }

  /// Notes a refusal.
  void refused(Optional<String> node, Failed<?> why) {
    if (at(place(node)).refused(why, clock.instant())) {
      LOG.log(
          Level.WARNING,
          "The credential was refused.",
          "cluster",
          cluster,
          "node",
          place(node),
          "error",
          why.detail());
    }
  }

  /// Notes that the credential was not refused.
  void accepted(Optional<String> node) {
    if (at(place(node)).succeeded()) {
      LOG.log(
          Level.INFO, "The credential is accepted again.", "cluster", cluster, "node", place(node));
    }
  }

  private BackOff at(String place) {
    return places.computeIfAbsent(place, _ -> new BackOff());
  }

  private static String place(Optional<String> node) {
    return node.orElse(ENDPOINTS);
  }
}
