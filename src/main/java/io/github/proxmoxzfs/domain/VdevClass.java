package io.github.proxmoxzfs.domain;

import java.util.Locale;

/// What a vdev is used for: the section of the table of `zpool status` that it stands in.
public enum VdevClass {
  /// Ordinary data; the rows right below the pool's.
  DATA,
  /// The intent log, section `logs`.
  LOG,
  /// The second level of the read cache (L2ARC), section `cache`.
  CACHE,
  /// Hot spares, section `spares`.
  SPARE,
  /// Metadata and small blocks, section `special` (since 0.8).
  SPECIAL,
  /// Deduplication tables, section `dedup` (since 0.8).
  DEDUP;

  private final String label = name().toLowerCase(Locale.ROOT);

  /// The value of the `class` label.
  public String label() {
    return label;
  }
}
