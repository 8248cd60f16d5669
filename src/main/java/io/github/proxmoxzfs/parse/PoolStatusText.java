package io.github.proxmoxzfs.parse;

import java.util.List;
import java.util.Map;

/// The answer of `GET /nodes/{node}/disks/zfs/{pool}` as text: what `zpool status` printed, in the
/// shape that Proxmox's parser (pve-storage `PVE/API2/Disks/ZFS.pm`) gives it.
///
/// @param fields every top-level text field by its name: state, scan, scrub, status, action, see,
///   errors, remove, expand, checkpoint … (each line `word: text` becomes one)
/// @param children the rows of the vdev table
public record PoolStatusText(Map<String, String> fields, List<VdevRow> children) {
  public PoolStatusText {
    fields = Map.copyOf(fields);
    children = List.copyOf(children);
  }
}
