package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;

/// A node's zone and how far its clock is ahead of ours: what it takes to make an instant of a date
/// that `zpool` printed in the node's local time.
///
/// @param zone the zone of the node
/// @param aheadOfUs the node's clock less ours, when it was read
public record NodeClock(ZoneId zone, Duration aheadOfUs) {
  public NodeClock {
    requireNonNull(zone, "zone is null");
    requireNonNull(aheadOfUs, "aheadOfUs is null");
  }

  /// The instant that a local date of the node means.
  ///
  /// A date in the hour that is repeated when the clocks go back has two meanings: the latest one
  /// that is not after the reading is meant. A date in the hour that is skipped when they go
  /// forward (a clock set by hand may show it) is read with the offset before the change.
  ///
  /// @param date what the node printed
  /// @param readAt when the answer with the date arrived, by our clock
  public Instant instantOf(LocalDateTime date, Instant readAt) {
    var rules = zone.getRules();
    var offsets = rules.getValidOffsets(date);
    if (offsets.size() == 1) {
      return date.toInstant(offsets.getFirst());
    }
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = rules.getTransition(date);
      return date.toInstant(gap.getOffsetBefore());
    }
    Instant readByNode = readAt.plus(aheadOfUs);
    var meanings = offsets.stream().map(date::toInstant).sorted().toList();
    return meanings.stream()
        .filter(meaning -> !meaning.isAfter(readByNode))
        .max(Comparator.naturalOrder())
        .orElse(meanings.getFirst());
  }
}
