package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/// A row of an ATA disk's table of attributes whose name says that it means what its number is
/// known for: numbers are given out by the makers.
///
/// @param id its number, 1 to 255
/// @param name the name that smartctl's drive database gives it
/// @param flags six letters or hyphens, `PO--CK`: prefailure, online, speed, error rate, event
///   count, auto-keep
/// @param value the normalised value, 0 to 255, less being worse
/// @param worst the least value there was
/// @param threshold the value at which the disk counts as failing; 0 for never
/// @param failing whether the value has reached the threshold
/// @param raw the count, where the raw value is one that can be relied on
public record SmartAttribute(
    int id,
    String name,
    String flags,
    int value,
    int worst,
    int threshold,
    Failing failing,
    Optional<BigInteger> raw) {
  /// Whether a value has reached its threshold.
  public enum Failing {
    NO,
    NOW,
    /// It had, and has not now.
    PAST;

    /// The lower-case name.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SmartAttribute {
    requireNonNull(name, "name is null");
    requireNonNull(flags, "flags is null");
    requireNonNull(failing, "failing is null");
    requireNonNull(raw, "raw is null");
  }
}
