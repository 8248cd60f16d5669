package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What ZFS says about the scan of a pool: a scrub, a resilver, a sequential rebuild or an error
/// scrub. Dates are the node's local time, as `ctime` prints them; [NodeClock] makes instants of
/// them.
public sealed interface Scan {

  /// What kind of scan it is; the lower-case name is the `function` label.
  enum Function {
    SCRUB,
    RESILVER,
    /// A sequential rebuild of one top-level vdev (`zpool replace -s`, since 2.0).
    REBUILD,
    /// A scrub of the blocks known to be bad only (`zpool scrub -e`, since 2.2).
    ERROR_SCRUB
  }

  /// What is scanned.
  ///
  /// @param function the kind of scan
  /// @param thorough whether ZFS calls it a thorough scrub (announced for the release after 2.4)
  /// @param vdev the top-level vdev that a rebuild concerns
  record Subject(Function function, boolean thorough, Optional<String> vdev) {
    public Subject {
      requireNonNull(function, "function is null");
      requireNonNull(vdev, "vdev is null");
    }

    /// A whole-pool scan of the given kind.
    public static Subject of(Function function) {
      return new Subject(function, false, Optional.empty());
    }
  }

  /// Numbers of a scan under way, each as ZFS prints it: three digits at best.
  ///
  /// @param scannedBytes bytes whose metadata was examined
  /// @param issuedBytes bytes read and verified; absent before 0.8, which does not tell
  /// @param totalBytes bytes to scan in all
  /// @param scanBytesPerSecond absent where ZFS prints no rate
  /// @param issueBytesPerSecond absent where ZFS prints no rate
  /// @param processedBytes bytes repaired or resilvered
  /// @param progressRatio 1 is all; may be above 1; absent when ZFS divides by zero (`-nan%`)
  /// @param remaining absent where ZFS gives no estimate
  /// @param errorBlocks blocks for which I/O was issued (error scrub only)
  record Progress(
      OptionalLong scannedBytes,
      OptionalLong issuedBytes,
      OptionalLong totalBytes,
      OptionalLong scanBytesPerSecond,
      OptionalLong issueBytesPerSecond,
      OptionalLong processedBytes,
      OptionalDouble progressRatio,
      Optional<Duration> remaining,
      OptionalLong errorBlocks) {}

  /// ZFS says that no scan was ever requested (until 0.8; later releases say nothing).
  record None() implements Scan {}

  /// A scan that runs.
  record InProgress(Subject subject, LocalDateTime started, Progress progress) implements Scan {}

  /// A scan that an administrator paused.
  ///
  /// @param paused when it was paused
  /// @param started when it began
  record Paused(Subject subject, LocalDateTime paused, LocalDateTime started, Progress progress)
      implements Scan {}

  /// A scan that ended by itself.
  ///
  /// @param processedBytes bytes repaired or resilvered; absent for an error scrub
  /// @param duration absent when the clock was set back meanwhile and ZFS prints nonsense
  /// @param errors errors found; absent for an error scrub
  /// @param errorBlocks blocks scrubbed; an error scrub only
  /// @param ended when it ended
  record Finished(
      Subject subject,
      OptionalLong processedBytes,
      Optional<Duration> duration,
      OptionalLong errors,
      OptionalLong errorBlocks,
      LocalDateTime ended)
      implements Scan {}

  /// A scan that an administrator stopped.
  record Canceled(Subject subject, LocalDateTime ended) implements Scan {}

  /// A text that fits no form we know.
  record Unknown(String text) implements Scan {}
}
