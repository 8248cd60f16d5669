package io.github.proxmoxzfs.status;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Something that is wrong.
///
/// @param severity how grave it is
/// @param node the node that it concerns, if it is not the cluster
/// @param pool the pool that it concerns, if it is one
/// @param text what is wrong, for a person
public record Problem(
    Severity severity, Optional<String> node, Optional<String> pool, String text) {
  public Problem {
    requireNonNull(severity, "severity is null");
    requireNonNull(node, "node is null");
    requireNonNull(pool, "pool is null");
    requireNonNull(text, "text is null");
  }

  /// What it concerns: `node/pool`, the node, or nothing.
  public String subject() {
    return node.map(name -> pool.map(of -> name + "/" + of).orElse(name)).orElse("");
  }
}
