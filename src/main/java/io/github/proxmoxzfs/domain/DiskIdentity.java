package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/// What tells a disk from all others of its node, whatever name the kernel gives it: all that it
/// says of itself. All three count, since one alone is shared: LUNs of an array share the first
/// half of their WWN, namespaces of an NVMe disk their serial number, disks behind USB bridges of
/// one make the bridge's.
///
/// @param serial its serial number; empty where it tells none
/// @param wwn its WWN; empty where it tells none
/// @param model its model; empty where it tells none
public record DiskIdentity(String serial, String wwn, String model)
    implements Comparable<DiskIdentity> {
  private static final Comparator<DiskIdentity> ORDER =
      Comparator.comparing(DiskIdentity::serial)
          .thenComparing(DiskIdentity::wwn)
          .thenComparing(DiskIdentity::model);

  public DiskIdentity {
    requireNonNull(serial, "serial is null");
    requireNonNull(wwn, "wwn is null");
    requireNonNull(model, "model is null");
    if (serial.isEmpty() && wwn.isEmpty()) {
      throw new IllegalArgumentException("a model alone is no identity");
    }
  }

  @Override
  public int compareTo(DiskIdentity other) {
    return ORDER.compare(this, other);
  }
}
