import java.time.Duration;

/// Errors that ZFS finds, scrubs and resilvers.
final class ErrorsAndScans {
  private ErrorsAndScans() {}

  static void befall(Incidents all) {
    String model = Disk.Kind.HDD.model;
    all.incident(
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
    all.incident(
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
    all.incident(
            "checksum-errors-grow",
            Incidents::mirror,
            w -> w.leaf("tank", 1).checksum = 12,
            w -> w.leaf("tank", 1).checksum = 0)
        .mail("ZfsVdevErrorsGrowing", "pool=tank", model, all.serial(1));
    all.incident(
            "scrub-found-errors",
            Incidents::mirror,
            w -> w.pool("tank").scan = "scrub repaired 0B in 01:38:54 with 2 errors on " + w.ago(Duration.ZERO),
            w -> w.pool("tank").scan = w.scrubbed(Duration.ZERO))
        .mail("ZfsScrubErrors", "pool=tank");
    all.incident(
            "scrub-overdue",
            Incidents::mirror,
            w -> w.pool("tank").scan = w.scrubbed(Duration.ofDays(41)),
            w -> w.pool("tank").scan = w.scrubbed(Duration.ZERO))
        .mail("ZfsScrubOverdue", "pool=tank");
    all.incident(
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
}
