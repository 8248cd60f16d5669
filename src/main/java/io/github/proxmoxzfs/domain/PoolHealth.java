package io.github.proxmoxzfs.domain;

import java.util.Locale;
import java.util.OptionalInt;

/// The health of a pool as ZFS names it (`zpool_get_state_str`, all releases 0.6 to 2.4), with the
/// codes that pdf/zfs_exporter gave them.
public enum PoolHealth {
  ONLINE(0),
  DEGRADED(1),
  FAULTED(2),
  OFFLINE(3),
  UNAVAIL(4),
  REMOVED(5),
  SUSPENDED(6),
  /// A word that is none of the seven, or none at all.
  UNKNOWN;

  private final OptionalInt code;

  PoolHealth() {
    code = OptionalInt.empty();
  }

  PoolHealth(int code) {
    this.code = OptionalInt.of(code);
  }

  /// Reads ZFS's word, which is matched exactly; anything else is [#UNKNOWN].
  public static PoolHealth of(String word) {
    for (PoolHealth health : values()) {
      if (health != UNKNOWN && health.name().equals(word)) {
        return health;
      }
    }
    return UNKNOWN;
  }

  /// The number that `zfs_pool_health` shows; none for [#UNKNOWN].
  public OptionalInt code() {
    return code;
  }

  /// The value of the `state` label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
