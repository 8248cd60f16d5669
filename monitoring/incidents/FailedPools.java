import io.github.proxmoxzfs.sim.Hang;

/// What befalls whole pools.
final class FailedPools {
  private FailedPools() {}

  static void befall(Incidents all) {
    all.incident(
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
    all.incident(
            "pool-suspended-and-hung",
            w -> {
              Incidents.mirror(w);
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
        .silent()
        .page("ZfsPoolSuspended", "node=pve1", "pool=tank")
        .leftAloneFor(65);
    all.incident(
            "pool-faulted",
            w -> {
              Incidents.mirror(w);
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
    all.incident(
            "pool-vanished",
            w -> {
              w.pool("pve1", "rpool", "mirror-0", Disk.Kind.SSD, 2);
              Incidents.mirror(w);
            },
            w -> w.pool("tank").imported = false,
            w -> w.pool("tank").imported = true)
        .page("ZfsPoolMissing", "node=pve1", "pool=tank");
    all.incident(
            "pool-full",
            Incidents::mirror,
            w -> w.pool("tank").capacity = 0.93,
            w -> w.pool("tank").capacity = 0.5)
        .page("ZfsPoolNearlyFull", "node=pve1", "pool=tank");
    all.incident(
            "pool-filling-up",
            Incidents::mirror,
            w -> w.pool("tank").capacity = 0.85,
            w -> w.pool("tank").capacity = 0.5)
        .mail("ZfsPoolFillingUp", "pool=tank");
    all.incident(
            "pool-in-an-unknown-state",
            Incidents::mirror,
            w -> w.pool("tank").forcedState = "PONDERING",
            w -> w.pool("tank").forcedState = "")
        .page("ZfsPoolStateUnknown", "node=pve1", "pool=tank")
        .with("ZfsPoolTextUnknown");
    all.incident(
            "list-garbled",
            Incidents::mirror,
            w -> w.node("pve1").garbage = "<html>Bad gateway</html>",
            w -> w.node("pve1").garbage = "")
        .mail("ZfsPoolUnreadable", "node=pve1", "pool=tank");
  }
}
