import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.ConnectionFault;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Hang;
import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/// The incidents, each in a cluster of its own. All clusters have a node `pve1` and most a pool
/// `tank`: what is told must not be mixed up.
final class Incidents {
  private static final String TOKEN = Credentials.MONITOR_TOKEN.split("=", 2)[0];

  private final Path folder;
  private final InstantSource clock;
  final List<Incident> all = new ArrayList<>();

  Incidents(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
    failedDisks();
    pools();
    errorsAndScans();
    disks();
    nodesAndCluster();
    storagesAndReplication();
  }

  private World world(String name) {
    return new World(name, all.size() + 10, folder.resolve(name), clock);
  }

  private Incident incident(
      String name, Consumer<World> built, Consumer<World> fault, Consumer<World> repair) {
    World world = world(name);
    built.accept(world);
    var incident = new Incident(name, world, fault, repair);
    all.add(incident);
    return incident;
  }

  private static void mirror(World world) {
    world.pool("pve1", "tank", "mirror-0", Disk.Kind.HDD, 2);
  }

  private static void raidz1(World world) {
    world.pool("pve1", "tank", "raidz1-0", Disk.Kind.HDD, 3);
  }

  private static void raidz2(World world) {
    world.pool("pve1", "tank", "raidz2-0", Disk.Kind.HDD, 5);
  }

  /// The serial number of a disk of the last cluster.
  private String serial(int disk) {
    return "S%02dX1%02d".formatted(all.size() + 9, disk);
  }

  /// The failed disk is replaced, and the resilver has ended.
  private static void replace(World world, String pool, int index) {
    Disk fresh = world.disk("pve1", Disk.Kind.HDD);
    Vdev parent = world.pool(pool).data.getFirst();
    parent.children.set(index, Vdev.of(fresh));
    world.pool(pool).scan =
        "resilvered 1.20T in 02:10:11 with 0 errors on " + world.ago(Duration.ofMinutes(1));
  }

  private void failedDisks() {
    String model = Disk.Kind.HDD.model;
    incident(
            "disk-faulted-in-mirror",
            Incidents::mirror,
            w -> {
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
              w.leaf("tank", 1).read = 17;
              w.leaf("tank", 1).write = 142;
            },
            w -> {
              w.disk(1).present = false;
              replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, serial(1), "location");
    incident(
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
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, serial(2));
    incident(
            "disk-gone-from-raidz2",
            Incidents::raidz2,
            w -> {
              Vdev leaf = w.leaf("tank", 3);
              leaf.fail("UNAVAIL", "was " + leaf.name);
              leaf.name = "16529253517474948855";
              w.disk(3).present = false;
            },
            w -> replace(w, "tank", 3))
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, serial(3));
    incident(
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
              replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, serial(1));
    incident(
            "hot-spare-takes-over",
            w -> {
              raidz1(w);
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
              replace(w, "tank", 0);
            })
        .page("ZfsVdevFailed", "node=pve1", "pool=tank", model, serial(0));
    incident(
            "log-device-lost",
            w -> {
              mirror(w);
              w.pool("tank").put("logs", Vdev.of(w.disk("pve1", Disk.Kind.NVME)));
            },
            w -> w.pool("tank").others.get("logs").getFirst().fail("FAULTED", "too many errors"),
            w -> w.pool("tank").others.get("logs").getFirst().heal())
        .page("ZfsVdevFailed", "pool=tank", "class=log", Disk.Kind.NVME.model, serial(2));
    incident(
            "special-vdev-degraded",
            w -> {
              raidz2(w);
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
        .page("ZfsVdevFailed", "pool=tank", "class=special", Disk.Kind.SSD.model, serial(6));
    incident(
            "controller-takes-three-disks",
            w -> {
              raidz2(w);
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
        .page("ZfsVdevFailed", "pool=tank", "pool=backup", serial(1), serial(2), serial(5));
    incident(
            "reboot-swaps-sda-and-sdb",
            Incidents::mirror,
            w -> {
              w.disk(0).name = "sdb";
              w.disk(1).name = "sda";
              w.simulator().reboot("pve1");
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
              w.leaf("tank", 1).checksum = 5;
            },
            w -> {
              w.disk(1).present = false;
              replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "pool=tank", serial(1), "/dev/sda");
    incident(
            "smart-tells-before-zfs",
            Incidents::raidz1,
            w -> {
              w.disk(1).health = "FAILED!";
              w.leaf("tank", 1).fail("FAULTED", "too many errors");
            },
            w -> {
              w.disk(1).present = false;
              replace(w, "tank", 1);
            })
        .page("ZfsVdevFailed", "pool=tank", serial(1))
        .with("ZfsDiskSmartFailed")
        .leftAloneFor(80)
        .slow();
    incident(
            "disk-taken-offline",
            Incidents::mirror,
            w -> w.leaf("tank", 0).fail("OFFLINE", ""),
            w -> w.leaf("tank", 0).heal())
        .mail("ZfsPoolDiskOffline", "pool=tank");
    incident(
            "cache-device-faulted",
            w -> {
              mirror(w);
              w.pool("tank").put("cache", Vdev.of(w.disk("pve1", Disk.Kind.NVME)));
            },
            w -> w.pool("tank").others.get("cache").getFirst().fail("FAULTED", "too many errors"),
            w -> w.pool("tank").others.get("cache").getFirst().heal())
        .mail("ZfsVdevAuxiliaryFailed", "pool=tank", Disk.Kind.NVME.model, serial(2));
  }

  private void pools() {
    incident(
            "pool-suspended",
            w -> {
              w.pool("pve1", "tank", "", Disk.Kind.HDD, 1);
              w.pool("pve1", "rpool", "mirror-0", Disk.Kind.SSD, 2);
            },
            w -> {
              w.pool("tank").forcedState = "SUSPENDED";
              w.pool("tank").complaint = "One or more devices are faulted in response to IO failures.";
              w.leaf("tank", 0).fail("FAULTED", "too many errors");
              w.pool("tank").errors = "1 data errors, use '-v' for a list";
            },
            w -> {
              w.pool("tank").forcedState = "";
              w.pool("tank").complaint = "";
              w.leaf("tank", 0).heal();
              w.pool("tank").errors = "No known data errors";
            })
        .page("ZfsPoolSuspended", "node=pve1", "pool=tank");
    incident(
            "pool-suspended-and-hung",
            w -> {
              mirror(w);
              w.pool("pve1", "rpool", "mirror-0", Disk.Kind.SSD, 2);
            },
            w -> {
              w.pool("tank").forcedState = "SUSPENDED";
              w.simulator().hang("pve1", Hang.ofPool("tank"));
            },
            w -> {
              w.pool("tank").forcedState = "";
              w.simulator().recover("pve1");
            })
        .page("ZfsPoolSuspended", "node=pve1", "pool=tank")
        .leftAloneFor(65);
    incident(
            "pool-faulted",
            w -> {
              mirror(w);
              w.storageUsed = 0.4;
            },
            w -> {
              w.pool("tank").forcedState = "FAULTED";
              w.pool("tank").complaint =
                  "One or more devices could not be opened.  There are insufficient replicas for the pool to continue functioning.";
              w.leaf("tank", 0).fail("UNAVAIL", "cannot open");
              w.leaf("tank", 1).fail("UNAVAIL", "cannot open");
              w.storageActive = false;
            },
            w -> {
              w.pool("tank").forcedState = "";
              w.pool("tank").complaint = "";
              w.leaf("tank", 0).heal();
              w.leaf("tank", 1).heal();
              w.storageActive = true;
            })
        .page("ZfsPoolFaulted", "node=pve1", "pool=tank");
    incident(
            "pool-vanished",
            w -> {
              w.pool("pve1", "rpool", "mirror-0", Disk.Kind.SSD, 2);
              mirror(w);
            },
            w -> w.pool("tank").imported = false,
            w -> w.pool("tank").imported = true)
        .page("ZfsPoolMissing", "node=pve1", "pool=tank");
    incident(
            "pool-full",
            Incidents::mirror,
            w -> w.pool("tank").capacity = 0.93,
            w -> w.pool("tank").capacity = 0.5)
        .page("ZfsPoolNearlyFull", "node=pve1", "pool=tank");
    incident(
            "pool-filling-up",
            Incidents::mirror,
            w -> w.pool("tank").capacity = 0.85,
            w -> w.pool("tank").capacity = 0.5)
        .mail("ZfsPoolFillingUp", "pool=tank");
    incident(
            "pool-in-an-unknown-state",
            Incidents::mirror,
            w -> w.pool("tank").forcedState = "PONDERING",
            w -> w.pool("tank").forcedState = "")
        .page("ZfsPoolStateUnknown", "node=pve1", "pool=tank")
        .with("ZfsPoolTextUnknown");
    incident(
            "list-garbled",
            Incidents::mirror,
            w -> w.node("pve1").garbage = "<html>Bad gateway</html>",
            w -> w.node("pve1").garbage = "")
        .mail("ZfsPoolUnreadable", "node=pve1", "pool=tank");
  }

  private void errorsAndScans() {
    String model = Disk.Kind.HDD.model;
    incident(
            "data-damaged",
            Incidents::mirror,
            w -> {
              w.pool("tank").errors = "4 data errors, use '-v' for a list";
              w.pool("tank").scan = "scrub repaired 0B in 01:38:54 with 4 errors on " + w.ago(Duration.ZERO);
            },
            w -> {
              w.pool("tank").errors = "No known data errors";
              w.pool("tank").scan = w.scrubbed(Duration.ZERO);
            })
        .page("ZfsPoolDataErrors", "node=pve1", "pool=tank");
    incident(
            "resilver-ended-with-errors",
            Incidents::raidz1,
            w -> {
              w.pool("tank").scan = "resilvered 198M in 00:00:16 with 321 errors on " + w.ago(Duration.ZERO);
              w.pool("tank").errors = "321 data errors, use '-v' for a list";
            },
            w -> {
              w.pool("tank").errors = "No known data errors";
              w.pool("tank").scan = w.scrubbed(Duration.ZERO);
            })
        .page("ZfsPoolDataErrors", "node=pve1", "pool=tank");
    incident(
            "checksum-errors-grow",
            Incidents::mirror,
            w -> w.leaf("tank", 1).checksum = 12,
            w -> w.leaf("tank", 1).checksum = 0)
        .mail("ZfsVdevErrorsGrowing", "pool=tank", model, serial(1));
    incident(
            "scrub-found-errors",
            Incidents::mirror,
            w -> w.pool("tank").scan = "scrub repaired 0B in 01:38:54 with 2 errors on " + w.ago(Duration.ZERO),
            w -> w.pool("tank").scan = w.scrubbed(Duration.ZERO))
        .mail("ZfsScrubErrors", "pool=tank");
    incident(
            "scrub-overdue",
            Incidents::mirror,
            w -> w.pool("tank").scan = w.scrubbed(Duration.ofDays(41)),
            w -> w.pool("tank").scan = w.scrubbed(Duration.ZERO))
        .mail("ZfsScrubOverdue", "pool=tank");
    incident(
            "resilver-stuck",
            Incidents::mirror,
            w ->
                w.pool("tank").scan =
                    "resilver in progress since "
                        + w.ago(Duration.ofHours(9))
                        + " 448M / 448M scanned, 59.4M / 448M issued at 4.24M/s 59.5M resilvered, 13.27% done, no estimated completion time",
            w ->
                w.pool("tank").scan =
                    "resilvered 448M in 09:00:16 with 0 errors on " + w.ago(Duration.ZERO))
        .mail("ZfsResilverStuck", "pool=tank");
  }

  private void disks() {
    String model = Disk.Kind.HDD.model;
    incident(
            "smart-failed",
            Incidents::mirror,
            w -> w.disk(1).health = "FAILED!",
            w -> {
              w.disk(1).present = false;
              replace(w, "tank", 1);
            })
        .mail("ZfsDiskSmartFailed", "node=pve1", model, serial(1), "pool tank")
        .slow();
    incident(
            "smart-failed-no-redundancy",
            w -> w.pool("pve1", "tank", "", Disk.Kind.HDD, 1),
            w -> w.disk(0).health = "FAILED!",
            w -> w.disk(0).health = "PASSED")
        .page("ZfsDiskFailingUnprotected", "node=pve1", model, serial(0), "pool tank")
        .slow();
    incident(
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
        .mail("ZfsDiskSpareLow", "node=pve1", Disk.Kind.NVME.model, serial(1))
        .slow();
    incident(
            "nvme-worn-out",
            w -> w.pool("pve1", "tank", "mirror-0", Disk.Kind.NVME, 2),
            w -> w.disk(0).percentageUsed = 95,
            w -> w.disk(0).percentageUsed = 3)
        .mail("ZfsDiskWornOut", "node=pve1", Disk.Kind.NVME.model, serial(0))
        .slow();
    incident(
            "pending-sectors-grow",
            Incidents::raidz1,
            w -> w.disk(2).raw.put(197, 16L),
            w -> w.disk(2).raw.put(197, 0L))
        .mail("ZfsDiskErrorsGrowing", "node=pve1", model, serial(2))
        .slow();
    incident(
            "cable-errors",
            Incidents::mirror,
            w -> w.disk(0).raw.put(199, 40L),
            w -> w.disk(0).raw.put(199, 0L))
        .mail("ZfsDiskLinkErrors", "node=pve1", model, serial(0))
        .slow();
    incident(
            "disk-hot", Incidents::mirror, w -> w.disk(0).celsius = 63, w -> w.disk(0).celsius = 40)
        .mail("ZfsDiskHot", "node=pve1", model, serial(0))
        .slow();
    incident(
            "hot-spare-vanished",
            w -> {
              mirror(w);
              Vdev spare = Vdev.of(w.disk("pve1", Disk.Kind.HDD));
              spare.state = "AVAIL";
              w.pool("tank").put("spares", spare);
            },
            w -> w.disk(2).present = false,
            w -> w.disk(2).present = true)
        .mail("ZfsDiskVanished", "node=pve1", model, serial(2));
  }

  private static void twoNodes(World world) {
    mirror(world);
    world.pool("pve2", "rpool", "mirror-0", Disk.Kind.SSD, 2);
  }

  private void nodesAndCluster() {
    Consumer<World> up = w -> w.change("pve2", Status.ONLINE, Behaviour.ANSWERS);
    Consumer<World> replicated =
        w -> {
          twoNodes(w);
          w.jobs.add(new World.Job("pve1", "pve2"));
          w.jobs.add(new World.Job("pve2", "pve1"));
        };
    Consumer<World> down =
        w -> {
          w.change("pve2", Status.OFFLINE, Behaviour.NO_ROUTE);
          w.jobs.getFirst().failures = 4;
        };
    Consumer<World> upAndReplicating =
        w -> {
          w.jobs.getFirst().failures = 0;
          up.accept(w);
        };
    incident("node-down", replicated, down, upAndReplicating)
        .page("ZfsNodeDown", "node=pve2")
        .leftAloneFor(45);
    // The alert of the node and those of replication have no label `instance` in common.
    incident("node-down-seen-in-parts", replicated, down, upAndReplicating)
        .page("ZfsNodeDown", "node=pve2")
        .with("ZfsReplicationFailing", "ZfsReplicationNotReported")
        .leftAloneFor(45)
        .inParts();
    incident(
            "node-refuses",
            Incidents::twoNodes,
            w -> w.change("pve2", Status.ONLINE, Behaviour.REFUSED),
            up)
        .page("ZfsNodeUnresponsive", "node=pve2");
    incident(
            "zpool-hangs",
            Incidents::twoNodes,
            w -> w.simulator().hang("pve2"),
            w -> w.simulator().recover("pve2"))
        .page("ZfsNodeUnresponsive", "node=pve2")
        // Statistics that move again are evidence only after they stood still for a minute.
        .leftAloneFor(65);
    incident(
            "api-unreachable",
            Incidents::twoNodes,
            w -> w.simulator().fault(ConnectionFault.REFUSED),
            w -> w.simulator().fault(ConnectionFault.NONE))
        .page("ZfsClusterDown", "cluster=api-unreachable");
    incident(
            "api-silent",
            Incidents::twoNodes,
            w -> w.simulator().fault(ConnectionFault.SILENT),
            w -> w.simulator().fault(ConnectionFault.NONE))
        .page("ZfsClusterDown", "cluster=api-silent");
    incident(
            "token-revoked",
            Incidents::twoNodes,
            w -> w.simulator().access(AccessList.defaults().without(TOKEN)),
            w -> w.simulator().access(AccessList.defaults()))
        .page("ZfsClusterDown", "cluster=token-revoked");
    incident(
            "cluster-file-system-down",
            Incidents::twoNodes,
            w -> w.simulator().clusterFileSystemDown(true),
            w -> w.simulator().clusterFileSystemDown(false))
        .page("ZfsClusterDown", "cluster=cluster-file-system-down");
    incident(
            "privilege-missing",
            Incidents::mirror,
            w -> {
              var fewer = new HashSet<>(AccessList.AUDITOR);
              fewer.remove("Sys.Audit");
              w.simulator().access(AccessList.defaults().withGrant(TOKEN, "/", true, fewer));
            },
            w -> w.simulator().access(AccessList.defaults()))
        .mail("ZfsPrivilegeMissing", "cluster=privilege-missing");
    incident(
            "certificate-expired",
            Incidents::mirror,
            w -> w.simulator().certificate(ServerCertificate.EXPIRED),
            w -> w.simulator().certificate(ServerCertificate.PROXMOX))
        .page("ZfsClusterDown", "cluster=certificate-expired")
        .trusting(Simulator.certificateAuthorityPem());
  }

  private void storagesAndReplication() {
    incident(
            "storage-full-by-quota",
            w -> {
              mirror(w);
              w.storageUsed = 0.5;
            },
            w -> w.storageUsed = 0.97,
            w -> w.storageUsed = 0.5)
        .page("ZfsStorageNearlyFull", "node=pve1", "storage=vms");
    incident(
            "replication-fails",
            w -> {
              twoNodes(w);
              w.jobs.add(new World.Job("pve1", "pve2"));
            },
            w -> w.jobs.getFirst().failures = 4,
            w -> w.jobs.getFirst().failures = 0)
        .mail("ZfsReplicationFailing", "id=100-0");
    incident(
            "replication-late",
            w -> {
              twoNodes(w);
              w.jobs.add(new World.Job("pve1", "pve2"));
            },
            w -> w.jobs.getFirst().sinceNext = Duration.ofHours(2),
            w -> w.jobs.getFirst().sinceNext = Duration.ofMinutes(-3))
        .mail("ZfsReplicationLate", "id=100-0");
  }
}
