package io.github.proxmoxzfs.domain;

import java.util.Locale;

/// Why something could not be read. The lower-case name is the `reason` label of the metrics.
public enum FailureReason {
  /// No answer came before the scrape's deadline.
  TIMED_OUT,
  /// Its turn did not come before the scrape's deadline: other requests took all the slots that a
  /// cluster or a node has. It says nothing about what was to be read.
  NOT_ASKED,
  /// No endpoint of the cluster could be reached: refused, reset, no route, unknown host.
  UNREACHABLE,
  /// The endpoint's certificate was not accepted, or the TLS handshake failed.
  TLS,
  /// The credential was refused, or logins are held back after it was.
  UNAUTHORIZED,
  /// The credential lacks a privilege.
  FORBIDDEN,
  /// The cluster counts the node as offline, so it was not asked.
  NODE_OFFLINE,
  /// The cluster lists no node of this name.
  NODE_NOT_LISTED,
  /// The endpoint could not reach the node (Proxmox's status 595, 596 or 599).
  NODE_UNREACHABLE,
  /// The node is unresponsive: earlier zfs requests to it never ended, so it is not asked until
  /// there is evidence that it would answer.
  STUCK,
  /// The node has no `zpool` program.
  ZFS_NOT_INSTALLED,
  /// Proxmox answered with an error of another kind.
  API_ERROR,
  /// The answer could not be understood: not JSON, cut short, too large, of unexpected types.
  MALFORMED,
  /// Proxmox refuses the pool's name in a path. No fault of the pool; it cannot be read this way.
  UNSUPPORTED_NAME,
  /// The node names no time zone that can be relied on.
  ZONE_UNKNOWN,
  /// A fault of the exporter itself; its log says more.
  INTERNAL;

  /// The value of the `reason` label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
