package io.github.proxmoxzfs.domain;

/// What ZFS says of blocks with permanent errors (the `errors:` line).
public sealed interface DataErrors {
  /// A number of blocks, 0 included (`No known data errors`).
  record Count(long blocks) implements DataErrors {}

  /// ZFS says that it cannot tell, as of a suspended pool, or says nothing, as of one not opened.
  record Unavailable() implements DataErrors {}

  /// A text that fits no form we know.
  record Unknown(String text) implements DataErrors {}
}
