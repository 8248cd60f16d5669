/// What disks say of themselves, and disks that are gone.
final class SmartWarnings {
  private SmartWarnings() {}

  static void befall(Incidents all) {
    String model = Disk.Kind.HDD.model;
    all.incident(
            "smart-failed",
            Incidents::mirror,
            w -> w.disk(1).health = "FAILED!",
            w -> {
              w.disk(1).present = false;
              Incidents.replace(w, "tank", 1);
            })
        .mail("ZfsDiskSmartFailed", "node=pve1", model, all.serial(1), "pool tank")
        .slow();
    all.incident(
            "smart-failed-no-redundancy",
            w -> w.pool("pve1", "tank", "", Disk.Kind.HDD, 1),
            w -> w.disk(0).health = "FAILED!",
            w -> w.disk(0).health = "PASSED")
        .page("ZfsDiskFailingUnprotected", "node=pve1", model, all.serial(0), "pool tank")
        .slow();
    all.incident(
            "nvme-spare-low",
            w -> w.pool("pve1", "tank", "mirror-0", Disk.Kind.NVME, 2),
            w -> {
              w.disk(1).spare = 8;
              w.disk(1).criticalWarning = 1;
              w.disk(1).health = "FAILED!";
            },
            w -> {
              w.disk(1).spare = 100;
              w.disk(1).criticalWarning = 0;
              w.disk(1).health = "PASSED";
            })
        .mail("ZfsDiskSpareLow", "node=pve1", Disk.Kind.NVME.model, all.serial(1))
        .slow();
    all.incident(
            "nvme-worn-out",
            w -> w.pool("pve1", "tank", "mirror-0", Disk.Kind.NVME, 2),
            w -> w.disk(0).percentageUsed = 95,
            w -> w.disk(0).percentageUsed = 3)
        .mail("ZfsDiskWornOut", "node=pve1", Disk.Kind.NVME.model, all.serial(0))
        .slow();
    all.incident(
            "pending-sectors-grow",
            Incidents::raidz1,
            w -> w.disk(2).raw.put(197, 16L),
            w -> w.disk(2).raw.put(197, 0L))
        .mail("ZfsDiskErrorsGrowing", "node=pve1", model, all.serial(2))
        .slow();
    all.incident(
            "cable-errors",
            Incidents::mirror,
            w -> w.disk(0).raw.put(199, 40L),
            w -> w.disk(0).raw.put(199, 0L))
        .mail("ZfsDiskLinkErrors", "node=pve1", model, all.serial(0))
        .slow();
    all.incident(
            "disk-hot", Incidents::mirror, w -> w.disk(0).celsius = 63, w -> w.disk(0).celsius = 40)
        .mail("ZfsDiskHot", "node=pve1", model, all.serial(0))
        .slow();
    all.incident(
            "sas-disk-warns",
            w -> w.pool("pve1", "tank", "mirror-0", Disk.Kind.SAS, 2),
            w -> w.disk(1).health = "Warning - background self-test failed [asc=b, ascq=3]",
            w -> w.disk(1).health = "OK")
        .mail("ZfsDiskSmartWarning", "node=pve1", Disk.Kind.SAS.model, all.serial(1))
        .slow();
    all.incident(
            "hot-spare-vanished",
            w -> {
              Incidents.mirror(w);
              Vdev spare = Vdev.of(w.disk("pve1", Disk.Kind.HDD));
              spare.state = "AVAIL";
              w.pool("tank").put("spares", spare);
            },
            w -> w.disk(2).present = false,
            w -> w.disk(2).present = true)
        .mail("ZfsDiskVanished", "node=pve1", model, all.serial(2));
  }
}
