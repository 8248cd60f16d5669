package io.github.proxmoxzfs.web;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// What clients may take of the server.
///
/// @param scrapes how many requests may ask one cluster at a time; no limit of its own if 0
/// @param allScrapes how many requests may ask any cluster at a time
/// @param exchanges how many requests may be under way at a time, of all kinds, from their first
///   byte to the last of their answers: more than `allScrapes`
/// @param reading how long a client may take to send its request
/// @param writing how long a client may take to read an answer, from when there is one
/// @param patience how long a client that reads an answer is left in peace while others wait
public record Limits(
    int scrapes,
    int allScrapes,
    int exchanges,
    Duration reading,
    Duration writing,
    Duration patience) {
  /// As node_exporter's `--web.max-requests`.
  public static final int SCRAPES = 40;

  /// What the service allows.
  public static final Limits DEFAULT =
      new Limits(
          SCRAPES, 200, 256, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(2));

  public Limits {
    requireNonNull(reading, "reading is null");
    requireNonNull(writing, "writing is null");
    requireNonNull(patience, "patience is null");
    if (scrapes < 0 || allScrapes < 1 || exchanges <= allScrapes) {
      throw new IllegalArgumentException("more may ask a cluster than may be under way");
    }
  }

  /// These with another limit for the requests of one cluster.
  public Limits withScrapes(int most) {
    return new Limits(most, allScrapes, exchanges, reading, writing, patience);
  }
}
