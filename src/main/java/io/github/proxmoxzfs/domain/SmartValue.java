package io.github.proxmoxzfs.domain;

/// A number that disks tell of themselves, with its unit. One that a disk does not tell, or tells
/// in a form that cannot be trusted, is not there; it is never 0 instead.
public enum SmartValue {
  /// Degrees Celsius.
  TEMPERATURE_CELSIUS,
  /// NVMe and SAS: percent of the rated life; above 100 when it lives longer.
  PERCENTAGE_USED,
  /// What is left of the rated life, 1 for a new disk; below 0 when it lives longer.
  WEAROUT_REMAINING_RATIO,
  /// NVMe: percent of the spare blocks that are left.
  AVAILABLE_SPARE_PERCENT,
  /// NVMe: the percentage below which the disk warns; 0 where it never does.
  AVAILABLE_SPARE_THRESHOLD_PERCENT,
  /// NVMe: bits of warnings; 0 without any.
  CRITICAL_WARNING,
  /// NVMe: how often data was lost or damaged in the disk.
  MEDIA_ERRORS,
  /// NVMe: commands that failed, also such as the disk does not know: no sign of a fault.
  ERROR_LOG_ENTRIES,
  /// Bytes that the host read.
  BYTES_READ,
  /// Bytes that the host wrote.
  BYTES_WRITTEN,
  /// Seconds for which it was on.
  POWER_ON_SECONDS,
  /// How often it was switched on.
  POWER_CYCLES,
  /// SAS: sectors that went bad since it was made.
  GROWN_DEFECTS
}
