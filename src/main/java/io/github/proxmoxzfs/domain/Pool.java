package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

/// A pool of a node: what the list says of it and what its own answer says.
///
/// @param listing the row of the node's list
/// @param status the pool's own answer, or why there is none
/// @param scrubs what is known of its last scrub, remembered where the answer does not show it
public record Pool(PoolListing listing, Reading<PoolStatus> status, ScrubHistory scrubs) {
  public Pool {
    requireNonNull(listing, "listing is null");
    requireNonNull(status, "status is null");
    requireNonNull(scrubs, "scrubs is null");
  }

  /// A pool of whose scrubs nothing is known.
  public Pool(PoolListing listing, Reading<PoolStatus> status) {
    this(listing, status, new ScrubHistory.Unknown());
  }

  /// The pool's health: its own answer's, which is the newer one, else the list's.
  public PoolHealth health() {
    return status.asOptional().map(PoolStatus::health).orElse(listing.health());
  }
}
