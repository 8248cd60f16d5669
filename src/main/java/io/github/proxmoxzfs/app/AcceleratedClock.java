package io.github.proxmoxzfs.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A clock that runs faster than this machine's, so that an hour of a cluster can be watched in a
/// minute: what is asked hourly is asked each minute. Time limits are not shortened by it.
///
/// @param origin when both clocks show the same
/// @param factor how many seconds it goes on in one
/// @param real this machine's clock
record AcceleratedClock(Instant origin, int factor, InstantSource real) implements InstantSource {
  /// The system property that sets it, as `FACTOR@SECONDS`, the origin in seconds since 1970. For
  /// our own checks (monitoring/check-incidents): the exporter asks so much more often.
  static final String PROPERTY = "io.github.proxmoxzfs.clock";

  private static final Pattern SPELLING = Pattern.compile("(\\d{1,4})@(\\d{1,12})");

  AcceleratedClock {
    if (factor < 1) {
      throw new IllegalArgumentException("the factor of a clock is at least 1, not " + factor);
    }
  }

  /// The clock that the property asks for, else this machine's.
  ///
  /// @throws IllegalArgumentException if the property is not understood
  static InstantSource ofProperty() {
    String spelled = System.getProperty(PROPERTY, "");
    if (spelled.isEmpty()) {
      return InstantSource.system();
    }
    Matcher matcher = SPELLING.matcher(spelled);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(PROPERTY + " must be FACTOR@SECONDS, not " + spelled);
    }
    return new AcceleratedClock(
        Instant.ofEpochSecond(Long.parseLong(matcher.group(2))),
        Integer.parseInt(matcher.group(1)),
        InstantSource.system());
  }

  @Override
  public Instant instant() {
    return origin.plus(Duration.between(origin, real.instant()).multipliedBy(factor));
  }
}
