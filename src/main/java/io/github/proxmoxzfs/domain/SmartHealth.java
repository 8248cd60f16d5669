package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// What a disk says of its own health.
///
/// @param verdict its overall judgement
/// @param exception the informational exception that a SCSI or SAS disk reports
public record SmartHealth(Verdict verdict, Optional<Sense> exception) {
  /// Nothing is known of its health.
  public static final SmartHealth UNKNOWN = new SmartHealth(Verdict.UNKNOWN, Optional.empty());

  /// A disk's judgement of itself.
  public enum Verdict {
    PASSED,
    /// It fails, or will soon.
    FAILED,
    /// It reports something that is no failure: too hot, a self-test that failed.
    WARNING,
    /// It says nothing, or nothing that can be relied on.
    UNKNOWN
  }

  /// A SCSI additional sense code (SPC-5). The texts that smartctl prints for them differ with its
  /// version; the codes do not.
  ///
  /// @param asc the code: 0x5d failure prediction, 0x0b warning
  /// @param ascq its qualifier
  public record Sense(int asc, int ascq) {}

  public SmartHealth {
    requireNonNull(verdict, "verdict is null");
    requireNonNull(exception, "exception is null");
  }

  /// A verdict without an exception.
  public static SmartHealth of(Verdict verdict) {
    return new SmartHealth(verdict, Optional.empty());
  }
}
