package io.github.proxmoxzfs.terminal;

import static java.util.Objects.requireNonNull;

import io.github.proxmoxzfs.status.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One thing that `check` looked at.
///
/// @param cluster the cluster that it belongs to; empty for the configuration itself
/// @param severity whether it is as it should be
/// @param subject what was looked at: `endpoint https://pve1:8006`, `rights`, `pve1 pools`
/// @param finding what was found, or what is wrong, with its cause
/// @param took how long it took, where something was asked
/// @param remedies what mends it: commands for a node, lines for the configuration
public record CheckLine(
    String cluster,
    Severity severity,
    String subject,
    String finding,
    Optional<Duration> took,
    List<String> remedies) {
  public CheckLine {
    requireNonNull(cluster, "cluster is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(finding, "finding is null");
    requireNonNull(took, "took is null");
    remedies = List.copyOf(remedies);
  }
}
