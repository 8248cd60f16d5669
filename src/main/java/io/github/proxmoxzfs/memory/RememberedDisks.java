package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.LeafDisk;
import io.github.proxmoxzfs.domain.SmartReading;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is remembered of the disks of one node, immutable.
///
/// @param leaves which disk each leaf was; without whether it is there
/// @param smart what disks last told of themselves
record RememberedDisks(
    SortedMap<LeafDisk.Key, LeafDisk> leaves, SortedMap<DiskIdentity, SmartReading> smart) {
  static final RememberedDisks NOTHING = new RememberedDisks(new TreeMap<>(), new TreeMap<>());

  RememberedDisks {
    leaves = Collections.unmodifiableSortedMap(new TreeMap<>(leaves));
    smart = Collections.unmodifiableSortedMap(new TreeMap<>(smart));
  }

  /// This without the leaves of a pool.
  RememberedDisks withoutPool(String pool) {
    var rest = new TreeMap<>(leaves);
    rest.keySet().removeIf(key -> key.pool().equals(pool));
    return new RememberedDisks(rest, smart);
  }

  /// Whether nothing is remembered.
  boolean isEmpty() {
    return leaves.isEmpty() && smart.isEmpty();
  }
}
