package io.github.proxmoxzfs.domain;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What ZFS says about the last expansion of a raidz vdev by a disk, `expand:` (since 2.3). Dates
/// are the node's local time. Sizes have three digits at best.
public sealed interface Expansion {
  /// The data of a vdev is being spread over one more disk.
  ///
  /// @param vdev its name (`raidz1-0`)
  /// @param started when it began
  /// @param copiedBytes bytes copied
  /// @param totalBytes bytes to copy
  /// @param bytesPerSecond mean rate so far
  /// @param progressRatio 1 is all; absent when ZFS divides by zero
  /// @param remaining absent where ZFS gives no estimate
  /// @param paused whether it waits for a resilver or for `zpool clear`
  record InProgress(
      String vdev,
      LocalDateTime started,
      OptionalLong copiedBytes,
      OptionalLong totalBytes,
      OptionalLong bytesPerSecond,
      OptionalDouble progressRatio,
      Optional<Duration> remaining,
      boolean paused)
      implements Expansion {}

  /// A vdev was expanded.
  ///
  /// @param vdev its name
  /// @param copiedBytes bytes copied
  /// @param duration absent if it is nonsense after a clock was set back
  /// @param ended when it ended
  record Finished(
      String vdev, OptionalLong copiedBytes, Optional<Duration> duration, LocalDateTime ended)
      implements Expansion {}

  /// A text that fits no form we know.
  record Unknown(String text) implements Expansion {}
}
