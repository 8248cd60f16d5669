package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import java.time.Duration;

/// How long to wait for calls that end by a deadline themselves: a little longer, so that what they
/// say of it is heard, and less than what a scrape leaves for writing its answer.
final class Grace {
  private static final Duration AFTER_THE_DEADLINE = Duration.ofMillis(100);

  private Grace() {}

  static Deadline of(Deadline deadline) {
    return deadline.plus(AFTER_THE_DEADLINE);
  }

  /// As [#of], for calls that themselves wait so.
  static Deadline ofOuter(Deadline deadline) {
    return of(of(deadline));
  }
}
