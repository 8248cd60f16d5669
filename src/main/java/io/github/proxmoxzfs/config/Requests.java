package io.github.proxmoxzfs.config;

/// How many requests may be under way at once.
///
/// @param perNode to one node, 1 or 2: a node has 3 workers for everybody
/// @param inFlight to the whole cluster, 1 to 64
public record Requests(int perNode, int inFlight) {
  /// Two per node, eight in all.
  public static final Requests DEFAULTS = new Requests(2, 8);
}
