package io.github.proxmoxzfs.scrape;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReport;
import java.time.Duration;

/// What came of asking one disk of a node for SMART.
///
/// @param path the disk's path in the node's list
/// @param outcome what it said, or why it did not
/// @param took how long that took
public record SmartTrial(String path, Reading<SmartReport> outcome, Duration took) {
  public SmartTrial {
    requireNonNull(path, "path is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(took, "took is null");
  }
}
