package io.github.proxmoxzfs.metrics;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.ZfsStorage;
import java.util.List;

/// Storages of type `zfspool`: usable space, without parity, as pvestatd last saw it.
final class StorageCollector implements Collector {
  private static final Gauge ACTIVE =
      gauge(
          "zfs_storage_active",
          "Whether Proxmox could use the storage when it last looked (1) or not (0); absent while the node has no statistics yet, as after its start.");
  private static final Gauge SIZE =
      gauge(
          "zfs_storage_size_bytes",
          "Usable size of the storage in bytes, which changes with what else lies on the pool.");
  private static final Gauge USED =
      gauge("zfs_storage_used_bytes", "Bytes in use on the storage, snapshots included.");
  private static final Gauge AVAILABLE =
      gauge("zfs_storage_available_bytes", "Bytes that can yet be written to the storage.");

  private static Gauge gauge(String name, String help) {
    return Gauge.of(name, help, "node", "storage", "pool", "dataset");
  }

  @Override
  public void collect(ClusterSnapshot snapshot, Families families) {
    snapshot
        .surroundings()
        .storages()
        .asOptional()
        .orElse(List.of())
        .forEach(storage -> collect(storage, families));
  }

  private static void collect(ZfsStorage storage, Families families) {
    String[] labels = {storage.node(), storage.storage(), storage.pool(), storage.dataset()};
    switch (storage.activity()) {
      case ACTIVE -> families.add(ACTIVE, true, labels);
      case INACTIVE -> families.add(ACTIVE, false, labels);
      case UNKNOWN -> {}
    }
    storage
        .space()
        .ifPresent(
            space -> {
              families.add(SIZE, space.sizeBytes(), labels);
              families.add(USED, space.usedBytes(), labels);
              families.add(AVAILABLE, space.availableBytes(), labels);
            });
  }
}
