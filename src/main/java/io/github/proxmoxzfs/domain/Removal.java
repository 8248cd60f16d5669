package io.github.proxmoxzfs.domain;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What ZFS says about the last removal of a top-level vdev, `remove:` (since 0.8). Dates are the
/// node's local time. Sizes have three digits at best.
public sealed interface Removal {
  /// The data of a vdev is being copied to the others.
  ///
  /// @param vdev its name, often only its type (`mirror`)
  /// @param started when it began
  /// @param copiedBytes bytes copied
  /// @param totalBytes bytes to copy
  /// @param bytesPerSecond mean rate so far
  /// @param progressRatio 1 is all; absent when ZFS divides by zero
  /// @param remaining absent where ZFS gives no estimate
  record InProgress(
      String vdev,
      LocalDateTime started,
      OptionalLong copiedBytes,
      OptionalLong totalBytes,
      OptionalLong bytesPerSecond,
      OptionalDouble progressRatio,
      Optional<Duration> remaining)
      implements Removal {}

  /// A vdev was removed.
  ///
  /// @param vdevNumber the number it had in the pool
  /// @param copiedBytes bytes copied
  /// @param duration to the minute; absent if it is nonsense after a clock was set back
  /// @param ended when it ended
  /// @param mappingBytes memory that finding the moved blocks takes; absent when it takes none
  record Finished(
      OptionalLong vdevNumber,
      OptionalLong copiedBytes,
      Optional<Duration> duration,
      LocalDateTime ended,
      OptionalLong mappingBytes)
      implements Removal {}

  /// An administrator stopped it.
  record Canceled(String vdev, LocalDateTime ended) implements Removal {}

  /// A text that fits no form we know.
  record Unknown(String text) implements Removal {}
}
