package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.Vdev;

/// Names of vdevs as `zpool status` prints them without `-P`.
public final class VdevNames {
  private VdevNames() {}

  /// A leaf without the folder of its path, a group without those above it.
  public static String shortName(Vdev vdev) {
    String name = vdev.name();
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.isEmpty() ? name : last;
  }
}
