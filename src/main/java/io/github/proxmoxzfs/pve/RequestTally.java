package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.ApiActivity.Durations;
import io.github.proxmoxzfs.domain.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts requests and logins since the start.
final class RequestTally {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<String, Long> requests = new TreeMap<>();
  private final Map<String, Long> logins = new TreeMap<>();
  private final List<Long> counts =
      new ArrayList<>(Collections.nCopies(Durations.BOUNDS_SECONDS.size() + 1, 0L));
  private double sumSeconds;

  /// A request was answered, with any status.
  void answered(int status, Duration took) {
    // Whatever a broken server answers, the number of series stays small.
    ended(status >= 100 && status <= 599 ? String.valueOf(status) : "other", took);
  }

  /// A request was not answered.
  void failed(FailureReason reason, Duration took) {
    ended(reason.label(), took);
  }

  /// A login ended.
  ///
  /// @param result `success`, `refused` or `failed`
  synchronized void login(String result) {
    logins.merge(result, 1L, Long::sum);
  }

  synchronized Map<String, Long> requests() {
    return Map.copyOf(requests);
  }

  synchronized Map<String, Long> logins() {
    return Map.copyOf(logins);
  }

  synchronized Durations durations() {
    return new Durations(counts, sumSeconds);
  }

  private synchronized void ended(String how, Duration took) {
    requests.merge(how, 1L, Long::sum);
    double seconds = took.toNanos() / NANOS_PER_SECOND;
    sumSeconds += seconds;
    int bucket = 0;
    while (bucket < Durations.BOUNDS_SECONDS.size()
        && seconds > Durations.BOUNDS_SECONDS.get(bucket)) {
      bucket++;
    }
    counts.set(bucket, counts.get(bucket) + 1);
  }
}
