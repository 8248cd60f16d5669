package io.github.proxmoxzfs.domain;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What ZFS's development branch of July 2026 says about a condensing of its on-disk logs,
/// `condense:`. No release prints it yet.
public sealed interface Condensing {
  /// It runs.
  ///
  /// @param kind what is condensed (`log_spacemap`)
  /// @param done items done
  /// @param total items in all
  /// @param duration time it has taken so far
  record InProgress(String kind, OptionalLong done, OptionalLong total, Optional<Duration> duration)
      implements Condensing {}

  /// It was stopped.
  record Canceled(String kind) implements Condensing {}

  /// It ended.
  ///
  /// @param kind what was condensed
  /// @param done items done
  /// @param duration time it took
  record Finished(String kind, OptionalLong done, Optional<Duration> duration)
      implements Condensing {}

  /// A text that fits no form we know.
  record Unknown(String text) implements Condensing {}
}
