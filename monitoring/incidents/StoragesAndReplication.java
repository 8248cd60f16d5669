import java.time.Duration;

/// Storages and replication.
final class StoragesAndReplication {
  private StoragesAndReplication() {}

  static void befall(Incidents all) {
    all.incident(
            "storage-full-by-quota",
            w -> {
              Incidents.mirror(w);
              w.storageUsed = 0.5;
            },
            w -> w.storageUsed = 0.97,
            w -> w.storageUsed = 0.5)
        .page("ZfsStorageNearlyFull", "node=pve1", "storage=vms");
    all.incident(
            "replication-fails",
            w -> {
              Incidents.twoNodes(w);
              w.jobs.add(new World.Job("pve1", "pve2"));
            },
            w -> w.jobs.getFirst().failures = 4,
            w -> w.jobs.getFirst().failures = 0)
        .mail("ZfsReplicationFailing", "id=100-0");
    all.incident(
            "replication-late",
            w -> {
              Incidents.twoNodes(w);
              w.jobs.add(new World.Job("pve1", "pve2"));
            },
            w -> w.jobs.getFirst().sinceNext = Duration.ofHours(2),
            w -> w.jobs.getFirst().sinceNext = Duration.ofMinutes(-3))
        .mail("ZfsReplicationLate", "id=100-0");
  }
}
