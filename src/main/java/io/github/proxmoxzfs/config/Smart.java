package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;

/// When disks are asked for SMART, which wakes those that sleep.
///
/// @param interval how often each disk is asked
/// @param rotational which rotating disks, and disks of unknown kind, are asked at all
public record Smart(Duration interval, Rotational rotational) {
  /// Hourly, and of rotating disks those in pools: they are awake anyway.
  public static final Smart DEFAULTS = new Smart(Duration.ofHours(1), Rotational.IN_POOLS);

  /// Which rotating disks are asked.
  public enum Rotational {
    IN_POOLS,
    ALL,
    NONE;

    /// The name in the configuration.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Smart {
    requireNonNull(interval, "interval is null");
    requireNonNull(rotational, "rotational is null");
  }
}
