package io.github.proxmoxzfs.web;

import java.time.Duration;
import java.util.Optional;

/// How long a scrape may take, from what Prometheus says of its patience.
final class ScrapeTimeout {
  static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

  /// Left for writing the answer and its way back, as blackbox_exporter's `--timeout-offset`.
  private static final Duration OFFSET = Duration.ofMillis(500);

  /// Prometheus' default of 10 s less the offset, for clients that do not say.
  private static final Duration DEFAULT = Duration.ofMillis(9500);

  private static final double MAXIMUM_SECONDS = 24.0 * 3600;
  private static final double MILLISECONDS_PER_SECOND = 1e3;

  private ScrapeTimeout() {}

  /// The time for a collection: the header's less the offset (half of it where it is below twice
  /// the offset), at most `limit`.
  ///
  /// @param header the header's value; absent, and 0 as Prometheus' "none", mean the default
  /// @throws BadRequestException if the header is no number of seconds
  static Duration of(Optional<String> header, Duration limit) throws BadRequestException {
    Duration patience = header.isEmpty() ? Duration.ZERO : seconds(header.get());
    Duration timeout;
    if (patience.isZero()) {
      timeout = DEFAULT;
    } else if (patience.compareTo(OFFSET.multipliedBy(2)) < 0) {
      timeout = patience.dividedBy(2);
    } else {
      timeout = patience.minus(OFFSET);
    }
    return timeout.compareTo(limit) < 0 ? timeout : limit;
  }

  private static Duration seconds(String text) throws BadRequestException {
    double seconds;
    try {
      seconds = Double.parseDouble(text.strip());
    } catch (NumberFormatException _) {
      seconds = Double.NaN;
    }
    if (!(seconds >= 0 && seconds <= MAXIMUM_SECONDS)) {
      throw new BadRequestException("The header " + HEADER + " is not a number of seconds.");
    }
    // Up, so that nothing but 0 becomes "none".
    return Duration.ofMillis((long) Math.ceil(seconds * MILLISECONDS_PER_SECOND));
  }
}
