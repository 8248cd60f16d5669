package io.github.proxmoxzfs.domain;

import java.util.Locale;
import java.util.OptionalInt;

/// The state of a vdev as `zpool status` prints it (`zpool_state_to_name`, the same since 0.6),
/// with the codes that a pool's health has.
public enum VdevState {
  ONLINE(0),
  /// In use but not to be relied on: something below is missing, or a disk had too many errors.
  DEGRADED(1),
  FAULTED(2),
  OFFLINE(3),
  UNAVAIL(4),
  REMOVED(5),
  /// A spare that nobody uses.
  AVAIL(0),
  /// A spare in use, of this pool or another one.
  INUSE(0),
  /// Split off into another pool.
  SPLIT,
  /// A word that is none of these, or none at all.
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  private final OptionalInt code;

  VdevState() {
    code = OptionalInt.empty();
  }

  VdevState(int code) {
    this.code = OptionalInt.of(code);
  }

  /// Reads ZFS's word, which is matched exactly; anything else is [#UNKNOWN].
  public static VdevState of(String word) {
    for (VdevState state : values()) {
      if (state.name().equals(word)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /// The number that `zfs_vdev_health` shows; none for [#SPLIT] and [#UNKNOWN].
  public OptionalInt code() {
    return code;
  }

  /// Whether ZFS has a leaf of this state open: it found its own label on the disk that has the
  /// leaf's name.
  public boolean open() {
    return switch (this) {
      case ONLINE, DEGRADED, AVAIL, INUSE -> true;
      case FAULTED, OFFLINE, UNAVAIL, REMOVED, SPLIT, UNKNOWN -> false;
    };
  }

  /// The value of the `state` label.
  public String label() {
    return label;
  }
}
