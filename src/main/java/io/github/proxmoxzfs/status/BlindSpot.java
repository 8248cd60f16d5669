package io.github.proxmoxzfs.status;

import static java.util.Objects.requireNonNull;

import java.util.List;

/// Something that the exporter cannot see.
///
/// @param subject what it is: `rights`, `pve1 pools`; empty for the whole cluster
/// @param why why it cannot be seen
/// @param remedies what mends it; empty where that depends on what is found
public record BlindSpot(String subject, String why, List<String> remedies) {
  public BlindSpot {
    requireNonNull(subject, "subject is null");
    requireNonNull(why, "why is null");
    remedies = List.copyOf(remedies);
  }
}
