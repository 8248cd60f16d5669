package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/// One row of the vdev table of `zpool status`, raw, as Proxmox's parser cuts it.
///
/// @param name the first column
/// @param state the second column; the rows of sections (`logs`, `spares` …) have none
/// @param read read errors as the JSON shows the number: `zfs_nicenum` less its suffix
/// @param write write errors, likewise
/// @param checksum checksum errors, likewise
/// @param message the notes behind the columns; may be empty
/// @param leaf whether the row has none below it
/// @param children the rows below it
public record VdevRow(
    String name,
    Optional<String> state,
    Optional<String> read,
    Optional<String> write,
    Optional<String> checksum,
    Optional<String> message,
    boolean leaf,
    List<VdevRow> children) {
  public VdevRow {
    requireNonNull(name, "name is null");
    requireNonNull(state, "state is null");
    requireNonNull(read, "read is null");
    requireNonNull(write, "write is null");
    requireNonNull(checksum, "checksum is null");
    requireNonNull(message, "message is null");
    children = List.copyOf(children);
  }
}
