package io.github.proxmoxzfs.pve;

import java.util.List;
import java.util.OptionalLong;

/// What a node's `pvestatd` last wrote of it, as `/nodes` shows it; it writes every 10 seconds
/// (pve-manager `PVE/Service/pvestatd.pm`), unless it hangs.
///
/// @param uptimeSeconds how long the node has been up
/// @param numbers what changes from one writing to the next: processor, memory, root file system
record Pulse(OptionalLong uptimeSeconds, List<String> numbers) {
  Pulse {
    numbers = List.copyOf(numbers);
  }
}
