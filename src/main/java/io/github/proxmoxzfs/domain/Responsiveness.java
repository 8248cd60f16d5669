package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/// Whether a node's zfs requests come to an end.
///
/// @param stuckRequests how many of ours are counted as stuck: each holds one of the node's API
///   workers until its pool answers or the node restarts
/// @param unresponsiveSince since when the node is not asked any more because of them; empty while
///   it is asked
public record Responsiveness(int stuckRequests, Optional<Instant> unresponsiveSince) {
  /// A node that answers, as far as we know.
  public static final Responsiveness ANSWERS = new Responsiveness(0, Optional.empty());

  public Responsiveness {
    requireNonNull(unresponsiveSince, "unresponsiveSince is null");
    if (stuckRequests < 0) {
      throw new IllegalArgumentException("stuckRequests is negative");
    }
  }
}
