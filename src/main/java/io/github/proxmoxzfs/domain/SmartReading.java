package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/// What is known of a disk's SMART: what it last told, and how the last question ended.
///
/// @param told what it last told, with the time; kept when it later does not answer
/// @param latest how the last question ended; a failure, or a report that is `told` or
///   [SmartReport.Silent]. [Reading.Skipped] where none was asked since the exporter started
public record SmartReading(
    Optional<Reading.Ok<SmartReport.Told>> told, Reading<SmartReport> latest) {
  public SmartReading {
    requireNonNull(told, "told is null");
    requireNonNull(latest, "latest is null");
  }

  /// The outcome of a question, and nothing before it.
  public static SmartReading of(Reading<SmartReport> outcome) {
    return new SmartReading(told(outcome), outcome);
  }

  /// What is remembered from before the exporter started.
  public static SmartReading remembered(SmartReport.Told told, Instant readAt) {
    return new SmartReading(Optional.of(new Reading.Ok<>(told, readAt)), new Reading.Skipped<>());
  }

  /// This after another question has ended.
  public SmartReading after(Reading<SmartReport> outcome) {
    return new SmartReading(told(outcome).or(() -> told), outcome);
  }

  /// Why the last question brought nothing, as the `reason` label has it; empty if it did, or none
  /// was asked.
  public Optional<String> failure() {
    return switch (latest) {
      case Reading.Failed<SmartReport>(FailureReason reason, _) -> Optional.of(reason.label());
      case Reading.Ok<SmartReport>(SmartReport.Silent(SmartReport.Silent.Cause cause), _) ->
          Optional.of(cause.label());
      case Reading.Ok<SmartReport>(SmartReport.Told _, _), Reading.Skipped<SmartReport> _ ->
          Optional.empty();
    };
  }

  private static Optional<Reading.Ok<SmartReport.Told>> told(Reading<SmartReport> outcome) {
    return outcome instanceof Reading.Ok<SmartReport>(SmartReport.Told told, Instant readAt)
        ? Optional.of(new Reading.Ok<>(told, readAt))
        : Optional.empty();
  }
}
