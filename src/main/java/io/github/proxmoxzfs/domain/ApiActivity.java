package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the exporter did with the API of one cluster since it started, and how its endpoints are.
///
/// @param endpoints the configured endpoints, in their order
/// @param requests how many requests ended so: a status, or the reason of a request without answer
/// @param durations how long requests took
/// @param logins how many logins ended so: `success`, `refused` or `failed`
public record ApiActivity(
    List<Endpoint> endpoints,
    Map<String, Long> requests,
    Durations durations,
    Map<String, Long> logins) {
  public ApiActivity {
    endpoints = List.copyOf(endpoints);
    requests = Map.copyOf(requests);
    requireNonNull(durations, "durations is null");
    logins = Map.copyOf(logins);
  }

  /// Nothing was done yet, and no endpoint is known.
  public static final ApiActivity NONE =
      new ApiActivity(List.of(), Map.of(), Durations.NONE, Map.of());

  /// An endpoint of the cluster.
  ///
  /// @param address `host:port`
  /// @param up whether it answered when it was last asked; empty if it never was
  /// @param certificateExpires until when the certificate is valid that it showed last
  /// @param verified whether that certificate was verified and accepted; empty if none was seen
  public record Endpoint(
      String address,
      Optional<Boolean> up,
      Optional<Instant> certificateExpires,
      Optional<Boolean> verified) {
    public Endpoint {
      requireNonNull(address, "address is null");
      requireNonNull(up, "up is null");
      requireNonNull(certificateExpires, "certificateExpires is null");
      requireNonNull(verified, "verified is null");
    }
  }

  /// A histogram of durations.
  ///
  /// @param counts for each of [#BOUNDS_SECONDS] how many durations lay at or below it and above
  ///   the one before, and last how many lay above all
  /// @param sumSeconds their sum, in seconds
  public record Durations(List<Long> counts, double sumSeconds) {
    /// The upper bounds of the buckets, in seconds.
    public static final List<Double> BOUNDS_SECONDS =
        List.of(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    /// None at all.
    public static final Durations NONE =
        new Durations(Collections.nCopies(BOUNDS_SECONDS.size() + 1, 0L), 0);

    public Durations {
      counts = List.copyOf(counts);
      if (counts.size() != BOUNDS_SECONDS.size() + 1) {
        throw new IllegalArgumentException("a count for each bucket");
      }
    }
  }
}
