package io.github.proxmoxzfs.domain;

/// The error counters of a vdev, as far as Proxmox's API lets them be known.
///
/// @param read failed reads
/// @param write failed writes
/// @param checksum blocks that were read but wrong
public record VdevErrors(Count read, Count write, Count checksum) {
  /// A counter. `zpool status` prints `1.21K` from 1024 on, and Proxmox drops the letter
  /// (pve-storage `ZFS.pm` adds 0 to the text), so that the value arrives as 1.21.
  ///
  /// @param atLeast the counter; the least that it may be if [#approximate]
  /// @param approximate a lost letter shows by a fraction. A counter of 1024 that was printed as
  ///   `1K` arrives as 1 and cannot be told from 1
  public record Count(long atLeast, boolean approximate) {
    /// A counter of which nothing was lost.
    public static Count exactly(long count) {
      return new Count(count, false);
    }
  }

  /// No errors.
  public static final VdevErrors NONE =
      new VdevErrors(Count.exactly(0), Count.exactly(0), Count.exactly(0));

  /// Whether a letter was seen to be lost.
  public boolean approximate() {
    return read.approximate || write.approximate || checksum.approximate;
  }
}
