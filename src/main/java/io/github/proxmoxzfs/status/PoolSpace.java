package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import java.util.Optional;

/// How full a pool is, and how healthy, by the thresholds of the alerting rules.
public final class PoolSpace {
  static final double NEARLY_FULL = 0.9;
  static final double FILLING_UP = 0.8;

  private PoolSpace() {}

  /// Which part of a pool's space is in use; none where it cannot be read.
  public static Optional<Double> ratio(PoolListing listing) {
    return listing
        .space()
        .filter(space -> space.sizeBytes() > 0)
        .map(space -> (double) space.allocatedBytes() / space.sizeBytes());
  }

  /// How it is when such a part of a space is in use.
  public static Tone tone(double ratio) {
    return ratio >= NEARLY_FULL ? Tone.CRITICAL : ratio >= FILLING_UP ? Tone.WARNING : Tone.GOOD;
  }

  /// Size, what is free and how fragmented it is: ` of 7.27T, 3.1T free, frag 12%`; empty where it
  /// cannot be read.
  public static String shown(PoolListing listing) {
    return listing
        .space()
        .map(
            space ->
                " of "
                    + Quantities.bytes(space.sizeBytes())
                    + ", "
                    + Quantities.bytes(space.freeBytes())
                    + " free"
                    + (space.fragmentationRatio().orElse(0) > 0
                        ? ", frag " + Quantities.percent(space.fragmentationRatio().getAsDouble())
                        : ""))
        .orElse("");
  }

  /// How a pool of this health is.
  public static Tone tone(PoolHealth health) {
    return switch (health) {
      case ONLINE -> Tone.GOOD;
      case DEGRADED -> Tone.WARNING;
      case FAULTED, OFFLINE, UNAVAIL, REMOVED, SUSPENDED, UNKNOWN -> Tone.CRITICAL;
    };
  }
}
