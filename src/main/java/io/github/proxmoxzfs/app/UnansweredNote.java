package io.github.proxmoxzfs.app;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// That zfs questions of commands that look once were left unanswered by a node, and may hang
/// there.
///
/// @param endpoints the authorities (`pve1:8006`) of the cluster's endpoints
/// @param node the node's name
/// @param count how many were left; each may hold one of the node's three API workers
/// @param last when the last one was found to be
/// @param uptimeSeconds the node's uptime then, as the cluster showed it; empty where it did not
record UnansweredNote(
    Set<String> endpoints, String node, int count, Instant last, OptionalLong uptimeSeconds) {
  /// For so long a node is left alone after the first one.
  static final Duration PAUSE = Duration.ofMinutes(10);

  /// With two of three workers stuck the last one is everybody's: no third is risked.
  static final int MOST = 2;

  /// How far one endpoint's statistics of a node may be behind those of another.
  private static final Duration BEHIND = Duration.ofMinutes(1);

  /// The option that has a node asked all the same.
  static final String ASK_ANYWAY = "--ask-anyway";

  UnansweredNote {
    endpoints = Set.copyOf(endpoints);
    requireNonNull(node, "node is null");
    requireNonNull(last, "last is null");
    requireNonNull(uptimeSeconds, "uptimeSeconds is null");
    if (count < 1) {
      throw new IllegalArgumentException("count is less than 1");
    }
  }

  /// Whether it is of that node of a cluster with these endpoints, whatever their order.
  boolean isOf(Set<String> others, String other) {
    return node.equals(other) && !Collections.disjoint(endpoints, others);
  }

  /// Whether time alone makes that the node may be asked again.
  boolean isOver(Instant now) {
    // A clock that was set back must not hold a node for ever.
    Duration age = Duration.between(last, now);
    return count < MOST && (age.isNegative() || age.compareTo(PAUSE) >= 0);
  }

  /// Whether the node was restarted since, and with it all that hung there. Its uptime must have
  /// fallen too: on a node with a hung pool the statistics that tell it may stand still, so that it
  /// seems younger and younger.
  boolean isRestarted(Optional<Instant> runningSince, Instant now) {
    if (runningSince.isEmpty() || uptimeSeconds.isEmpty()) {
      return false;
    }
    long uptime = Duration.between(runningSince.get(), now).toSeconds();
    return uptime < Duration.between(last, now).toSeconds()
        && uptime < uptimeSeconds.getAsLong() - BEHIND.toSeconds();
  }

  /// Why the node is not asked, and what to do.
  String why() {
    return count < MOST
        ? "The node %s is not asked for zfs: at %s a command like this one got no answer from it, and its request may still hold one of the node's three API workers. From %s on it is asked again; --ask-anyway asks now."
            .formatted(node, shown(last), shown(last.plus(PAUSE)))
        : "The node %s is not asked for zfs: commands like this one got no answer from it, the last at %s, and %d requests may still hold as many of the node's three API workers. It is asked again after its restart. If zpool status answers on that node, --ask-anyway asks now."
            .formatted(node, shown(last), count);
  }

  private static Instant shown(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
