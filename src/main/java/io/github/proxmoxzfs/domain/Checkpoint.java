package io.github.proxmoxzfs.domain;

import java.time.LocalDateTime;
import java.util.OptionalLong;

/// What ZFS says about the pool's checkpoint, `checkpoint:` (since 0.8).
public sealed interface Checkpoint {
  /// There is one.
  ///
  /// @param created when it was made, in the node's local time
  /// @param consumedBytes space that it holds, to three digits
  record Exists(LocalDateTime created, OptionalLong consumedBytes) implements Checkpoint {}

  /// It is being given up.
  ///
  /// @param remainingBytes space still to be freed, to three digits
  record Discarding(OptionalLong remainingBytes) implements Checkpoint {}

  /// A text that fits no form we know.
  record Unknown(String text) implements Checkpoint {}
}
