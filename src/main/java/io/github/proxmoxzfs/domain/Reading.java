package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// The outcome of asking for something: failure inside a scrape is data, so that one broken thing
/// costs only its own series.
public sealed interface Reading<T> {

  /// It was read.
  ///
  /// @param value what was read
  /// @param readAt when the answer arrived, by our clock
  record Ok<T>(T value, Instant readAt) implements Reading<T> {
    public Ok {
      requireNonNull(value, "value is null");
      requireNonNull(readAt, "readAt is null");
    }
  }

  /// It could not be read.
  ///
  /// @param reason the kind of failure, for metrics
  /// @param detail what happened, for a person; never holds a secret
  record Failed<T>(FailureReason reason, String detail) implements Reading<T> {
    public Failed {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
    }

    /// The same failure, of a reading of another type.
    public <U> Failed<U> as() {
      return new Failed<>(reason, detail);
    }
  }

  /// It was not asked for, and that is no failure.
  record Skipped<T>() implements Reading<T> {}

  /// The value, if it was read.
  default Optional<T> asOptional() {
    return switch (this) {
      case Ok<T>(T value, _) -> Optional.of(value);
      case Failed<T> _, Skipped<T> _ -> Optional.empty();
    };
  }

  /// The failure's reason, if it failed.
  default Optional<FailureReason> failure() {
    return switch (this) {
      case Failed<T>(FailureReason reason, _) -> Optional.of(reason);
      case Ok<T> _, Skipped<T> _ -> Optional.empty();
    };
  }

  /// This reading with `function` applied to a value that was read, which may itself fail.
  default <U> Reading<U> then(Function<Ok<T>, Reading<U>> function) {
    return switch (this) {
      case Ok<T> ok -> function.apply(ok);
      case Failed<T> failed -> failed.as();
      case Skipped<T> _ -> new Skipped<>();
    };
  }
}
