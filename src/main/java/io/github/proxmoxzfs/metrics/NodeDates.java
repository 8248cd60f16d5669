package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/// Turns dates that ZFS printed in a node's local time into instants.
///
/// @param clock the node's clock, if its zone is known
/// @param readAt when the answer with the dates arrived
record NodeDates(Optional<NodeClock> clock, Instant readAt) {
  static NodeDates of(NodeSnapshot node, Instant readAt) {
    return new NodeDates(node.clock().asOptional(), readAt);
  }

  /// The instant that `date` means; absent where the node's zone is not known.
  Optional<Instant> instantOf(LocalDateTime date) {
    return clock.map(known -> known.instantOf(date, readAt));
  }
}
