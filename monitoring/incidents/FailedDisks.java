import java.time.Duration;

/// Disks that ZFS fails, or that drop out.
final class FailedDisks {
  private FailedDisks() {}

  static void befall(Incidents all) {
    String model = Disk.Kind.HDD.model;
    all.incident(
            "disk-faulted-in-mirror",
            Incidents::mirror,
            w -> {
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
              w.leaf("tank", 1).read = 17;
              w.leaf("tank", 1).write = 142;
            },
            w -> {
              w.disk(1).present = false;
              Incidents.replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, all.serial(1), "location");
    all.incident(
            "disk-pulled-from-raidz1",
            Incidents::raidz1,
            w -> {
              w.leaf("tank", 2).fail("REMOVED", "");
              w.disk(2).present = false;
            },
            w -> {
              w.leaf("tank", 2).heal();
              w.disk(2).present = true;
              w.pool("tank").scan =
                  "resilvered 1.20M in 00:00:02 with 0 errors on " + w.ago(Duration.ofMinutes(1));
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, all.serial(2));
    all.incident(
            "disk-gone-from-raidz2",
            Incidents::raidz2,
            w -> {
              Vdev leaf = w.leaf("tank", 3);
              leaf.fail("UNAVAIL", "was " + leaf.name);
              leaf.name = "16529253517474948855";
              w.disk(3).present = false;
            },
            w -> Incidents.replace(w, "tank", 3))
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, all.serial(3));
    all.incident(
            "disk-faulted-in-draid",
            w -> {
              w.pool("pve1", "tank", "draid1:3d:6c:1s-0", Disk.Kind.HDD, 6);
              Vdev spare = Vdev.leaf("draid1-0-0");
              spare.state = "AVAIL";
              w.pool("tank").put("spares", spare);
            },
            w -> {
              Vdev group = w.pool("tank").data.getFirst();
              Vdev failed = group.children.get(1);
              failed.fail("FAULTED", "external device fault");
              group.children.set(1, Vdev.group("spare-1", failed, Vdev.leaf("draid1-0-0")));
              w.pool("tank").others.get("spares").getFirst().state = "INUSE";
              w.pool("tank").scan = "resilvered 74.0M in 00:00:20 with 0 errors on " + w.ago(Duration.ZERO);
            },
            w -> {
              w.disk(1).present = false;
              w.pool("tank").others.get("spares").getFirst().state = "AVAIL";
              Incidents.replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, all.serial(1));
    all.incident(
            "hot-spare-takes-over",
            w -> {
              Incidents.raidz1(w);
              Vdev spare = Vdev.of(w.disk("pve1", Disk.Kind.HDD));
              spare.state = "AVAIL";
              w.pool("tank").put("spares", spare);
            },
            w -> {
              Vdev group = w.pool("tank").data.getFirst();
              Vdev failed = group.children.get(0);
              failed.fail("FAULTED", "too many errors");
              failed.write = 88;
              Vdev spare = Vdev.of(w.disk(3));
              spare.note = "(resilvering)";
              group.children.set(0, Vdev.group("spare-0", failed, spare));
              w.pool("tank").others.get("spares").getFirst().state = "INUSE";
              w.pool("tank").scan =
                  "resilver in progress since "
                      + w.ago(Duration.ofMinutes(5))
                      + " 18.9T / 19.4T scanned at 1.06G/s, 9.31T / 19.4T issued at 521M/s 1.52T resilvered, 47.99% done, 05:38:12 to go";
            },
            w -> {
              w.disk(0).present = false;
              w.pool("tank").others.get("spares").getFirst().state = "AVAIL";
              Incidents.replace(w, "tank", 0);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, all.serial(0));
    all.incident(
            "log-device-lost",
            w -> {
              Incidents.mirror(w);
              w.pool("tank").put("logs", Vdev.of(w.disk("pve1", Disk.Kind.NVME)));
            },
            w -> w.pool("tank").others.get("logs").getFirst().fail("FAULTED", "too many errors"),
            w -> w.pool("tank").others.get("logs").getFirst().heal())
        .page("ZfsVdevFailed", "pool=tank", "class=log", Disk.Kind.NVME.model, all.serial(2));
    all.incident(
            "special-vdev-degraded",
            w -> {
              Incidents.raidz2(w);
              w.pool("tank")
                  .put(
                      "special",
                      Vdev.group(
                          "mirror-1",
                          Vdev.of(w.disk("pve1", Disk.Kind.SSD)),
                          Vdev.of(w.disk("pve1", Disk.Kind.SSD))));
            },
            w ->
                w.pool("tank").others.get("special").getFirst().children.get(1)
                    .fail("FAULTED", "too many errors"),
            w -> w.pool("tank").others.get("special").getFirst().children.get(1).heal())
        .page("ZfsVdevFailed", "pool=tank", "class=special", Disk.Kind.SSD.model, all.serial(6));
    all.incident(
            "controller-takes-three-disks",
            w -> {
              Incidents.raidz2(w);
              w.pool("pve1", "backup", "mirror-0", Disk.Kind.HDD, 2);
            },
            w -> {
              w.leaf("tank", 1).fail("REMOVED", "");
              w.leaf("tank", 2).fail("REMOVED", "");
              w.leaf("backup", 0).fail("REMOVED", "");
            },
            w -> {
              w.leaf("tank", 1).heal();
              w.leaf("tank", 2).heal();
              w.leaf("backup", 0).heal();
            })
        .page("ZfsVdevFailed", "pool=tank", "pool=backup", all.serial(1), all.serial(2), all.serial(5));
    all.incident(
            "reboot-swaps-sda-and-sdb",
            Incidents::mirror,
            w -> {
              w.disk(0).name = "sdb";
              w.disk(1).name = "sda";
              w.simulator().reboot("pve1");
            },
            w -> {
              w.disk(1).present = false;
              Incidents.replace(w, "tank", 1);
            })
        // Not before the disks were listed anew, as they are within two scrapes.
        .then(
            6,
            w -> {
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
              w.leaf("tank", 1).checksum = 5;
            })
        .page("ZfsVdevFailed", "pool=tank", all.serial(1), "/dev/sda");
    all.incident(
            "smart-tells-before-zfs",
            Incidents::raidz1,
            w -> {
              w.disk(1).health = "FAILED!";
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
            },
            w -> {
              w.disk(1).present = false;
              Incidents.replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "pool=tank", all.serial(1))
        .with("ZfsDiskSmartFailed")
        .leftAloneFor(80)
        .slow();
    all.incident(
            "disk-taken-offline",
            Incidents::mirror,
            w -> w.leaf("tank", 0).fail("OFFLINE", ""),
            w -> w.leaf("tank", 0).heal())
        .mail("ZfsPoolDiskOffline", "pool=tank");
    all.incident(
            "cache-device-faulted",
            w -> {
              Incidents.mirror(w);
              w.pool("tank").put("cache", Vdev.of(w.disk("pve1", Disk.Kind.NVME)));
            },
            w -> w.pool("tank").others.get("cache").getFirst().fail("FAULTED", "too many errors"),
            w -> w.pool("tank").others.get("cache").getFirst().heal())
        .mail("ZfsVdevAuxiliaryFailed", "pool=tank", Disk.Kind.NVME.model, all.serial(2));
  }
}
