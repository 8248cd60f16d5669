package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How many requests may be under way at once, and how many scrapes an answer serves.
///
/// @param perNode to one node, 1 or 2: a node has 3 workers for everybody
/// @param inFlight to the whole cluster, 1 to 64
/// @param sharedFor for how long after it was asked an answer serves other scrapes too
public record Requests(int perNode, int inFlight, Duration sharedFor) {
  /// Two per node, eight in all, shared for five seconds.
  public static final Requests DEFAULTS = new Requests(2, 8, Duration.ofSeconds(5));

  public Requests {
    requireNonNull(sharedFor, "sharedFor is null");
  }
}
