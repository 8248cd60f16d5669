package io.github.proxmoxzfs.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.parse.ZpoolStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The truth table of `docs/redundancy.md`.
class RedundancyTest {
  private static final String RESILVER =
      """
        scan: resilver in progress since Mon Jul  7 03:00:00 2025
      \t0B / 10T scanned, 0B / 10T issued
      \t0B resilvered, 0.00% done, no estimated completion time""";

  private static final String REBUILD =
      """
        scan: resilver (mirror-0) in progress since Mon Jul  7 03:00:00 2025
      \t0B / 10T scanned, 0B / 10T issued
      \t0B resilvered, 0.00% done, no estimated completion time""";

  /// A line of the truth table.
  ///
  /// @param vdev what it is about
  /// @param situation what is wrong
  /// @param scan the pool's field `scan`, if it matters
  /// @param rows the pool's vdevs, the one in question first
  /// @param configured how many disks it may lose when whole; `-` for absent
  /// @param remaining how many now
  record Situation(
      String vdev,
      String situation,
      String scan,
      String configured,
      String remaining,
      String rows) {
    String line() {
      return "| %s | %s | %s | %s |".formatted(vdev, situation, configured, remaining);
    }

    @Override
    public String toString() {
      return vdev + ", " + situation;
    }
  }

  static List<Situation> situations() {
    return List.of(
        new Situation("single disk", "healthy", "", "0", "0", "  /dev/a ONLINE"),
        new Situation("single disk", "faulted", "", "0", "0", "  /dev/a FAULTED  too many errors"),
        new Situation(
            "single disk",
            "being replaced",
            RESILVER,
            "0",
            "0",
            """
              replacing-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "healthy",
            "",
            "1",
            "1",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """),
        new Situation(
            "mirror of 3",
            "healthy",
            "",
            "2",
            "2",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
            """),
        new Situation(
            "mirror of 2",
            "a disk offline",
            "",
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                /dev/b OFFLINE
            """),
        new Situation(
            "mirror of 2",
            "a disk faulted",
            "",
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                /dev/b FAULTED  too many errors
            """),
        new Situation(
            "mirror of 2",
            "a disk removed",
            "",
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                /dev/b REMOVED
            """),
        new Situation(
            "mirror of 2",
            "a disk vanished",
            "",
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                2453993857566101544 UNAVAIL  was /dev/b
            """),
        new Situation(
            "mirror of 2",
            "a disk degraded (too many checksum errors; ZFS goes on using it)",
            "",
            "1",
            "1",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                /dev/b DEGRADED  too many errors
            """),
        new Situation(
            "mirror of 2",
            "all disks lost",
            "",
            "1",
            "0",
            """
              mirror-0 UNAVAIL  insufficient replicas
                /dev/a UNAVAIL  cannot open
                /dev/b UNAVAIL  cannot open
            """),
        new Situation(
            "mirror of 2",
            "a disk back or added, resilvering",
            RESILVER,
            "1",
            "0",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "a disk awaits its resilver",
            RESILVER,
            "1",
            "0",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE  (awaiting resilver)
              mirror-1 ONLINE
                /dev/c ONLINE
                /dev/d ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "a scrub repairs a disk",
            "",
            "1",
            "1",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE  (repairing)
            """),
        new Situation(
            "mirror of 2",
            "a resilver has begun, ZFS does not show yet of what",
            RESILVER,
            "1",
            "-",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """),
        new Situation(
            "mirror of 2",
            "a rebuild of it has begun, ZFS does not show yet of what",
            REBUILD,
            "1",
            "-",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """),
        new Situation(
            "mirror of 2",
            "another vdev resilvers",
            RESILVER,
            "1",
            "1",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
              mirror-1 ONLINE
                /dev/c ONLINE
                /dev/d ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "a healthy disk is being replaced",
            RESILVER,
            "1",
            "1",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                replacing-1 ONLINE
                  /dev/b ONLINE
                  /dev/c ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "a failed disk is being replaced",
            RESILVER,
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                replacing-1 DEGRADED
                  /dev/b FAULTED
                  /dev/c ONLINE  (resilvering)
            """),
        new Situation(
            "mirror of 2",
            "a failed disk is being replaced, nothing written yet",
            RESILVER,
            "1",
            "0",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                replacing-1 DEGRADED
                  /dev/b FAULTED
                  /dev/c ONLINE
            """),
        new Situation(
            "raidz1",
            "healthy",
            "",
            "1",
            "1",
            """
              raidz1-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
            """),
        new Situation(
            "raidz2",
            "healthy",
            "",
            "2",
            "2",
            """
              raidz2-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
            """),
        new Situation(
            "raidz2",
            "a disk offline",
            "",
            "2",
            "1",
            """
              raidz2-0 DEGRADED
                /dev/a ONLINE
                /dev/b OFFLINE
                /dev/c ONLINE
                /dev/d ONLINE
            """),
        new Situation(
            "raidz2",
            "a disk offline, another resilvering",
            RESILVER,
            "2",
            "0",
            """
              raidz2-0 DEGRADED
                /dev/a ONLINE  (resilvering)
                /dev/b OFFLINE
                /dev/c ONLINE
                /dev/d ONLINE
            """),
        new Situation(
            "raidz3",
            "a disk of an unknown state",
            "",
            "3",
            "-",
            """
              raidz3-0 DEGRADED
                /dev/a ONLINE
                /dev/b ODD
                /dev/c ONLINE
                /dev/d ONLINE
            """),
        new Situation(
            "raidz1",
            "a spare in use, resilvering",
            RESILVER,
            "1",
            "0",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 DEGRADED
                  /dev/b FAULTED
                  /dev/d ONLINE  (resilvering)
                /dev/c ONLINE
            spares
              /dev/d INUSE     currently in use
            """),
        new Situation(
            "raidz1",
            "a spare in use, nothing written yet",
            RESILVER,
            "1",
            "0",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 DEGRADED
                  /dev/b FAULTED
                  /dev/d ONLINE
                /dev/c ONLINE
            """),
        new Situation(
            "raidz1",
            "a spare in use, resilvered",
            "",
            "1",
            "1",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 DEGRADED
                  /dev/b FAULTED
                  /dev/d ONLINE
                /dev/c ONLINE
            """),
        new Situation(
            "raidz1",
            "a spare in use, resilvered, while another vdev resilvers",
            RESILVER,
            "1",
            "1",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 DEGRADED
                  /dev/b FAULTED
                  /dev/d ONLINE
                /dev/c ONLINE
              mirror-1 ONLINE
                /dev/e ONLINE
                /dev/f ONLINE  (resilvering)
            """),
        new Situation(
            "raidz1",
            "a spare in use and lost too",
            "",
            "1",
            "0",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 UNAVAIL
                  /dev/b FAULTED
                  /dev/d UNAVAIL  cannot open
                /dev/c ONLINE
            """),
        new Situation(
            "raidz1",
            "the disk behind a spare in use is being replaced",
            RESILVER,
            "1",
            "1",
            """
              raidz1-0 DEGRADED
                /dev/a ONLINE
                spare-1 DEGRADED
                  replacing-0 DEGRADED
                    /dev/b FAULTED
                    /dev/e ONLINE  (resilvering)
                  /dev/d ONLINE
                /dev/c ONLINE
            """),
        new Situation(
            "draid1",
            "healthy",
            "",
            "1",
            "1",
            """
              draid1:3d:6c:1s-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
                /dev/e ONLINE
                /dev/f ONLINE
            spares
              draid1-0-0 AVAIL
            """),
        new Situation(
            "draid2",
            "a disk faulted",
            "",
            "2",
            "1",
            """
              draid2:2d:5c:1s-0 DEGRADED
                /dev/a FAULTED
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
                /dev/e ONLINE
            """),
        new Situation(
            "draid2",
            "its distributed spare in use, resilvering (ZFS marks all disks)",
            RESILVER,
            "2",
            "1",
            """
              draid2:2d:5c:1s-0 DEGRADED
                spare-0 DEGRADED
                  /dev/a FAULTED
                  draid2-0-0 ONLINE  (resilvering)
                /dev/b ONLINE  (resilvering)
                /dev/c ONLINE  (resilvering)
                /dev/d ONLINE  (resilvering)
                /dev/e ONLINE  (resilvering)
            """),
        new Situation(
            "draid2",
            "its distributed spare in use, resilvered",
            "",
            "2",
            "2",
            """
              draid2:2d:5c:1s-0 DEGRADED
                spare-0 DEGRADED
                  /dev/a FAULTED
                  draid2-0-0 ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
                /dev/e ONLINE
            """),
        new Situation(
            "draid2 with failure domains",
            "healthy",
            "",
            "2",
            "2",
            """
              draid2:1d:3c:6w:0s-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
                /dev/e ONLINE
                /dev/f ONLINE
            """),
        new Situation(
            "draid2 with failure domains",
            "a disk faulted (the table does not show the domains)",
            "",
            "2",
            "-",
            """
              draid2:1d:3c:6w:0s-0 DEGRADED
                /dev/a FAULTED
                /dev/b ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
                /dev/e ONLINE
                /dev/f ONLINE
            """),
        new Situation(
            "log mirror of 2",
            "a disk faulted",
            "",
            "1",
            "0",
            """
            logs
              mirror-0 DEGRADED
                /dev/a FAULTED
                /dev/b ONLINE
            """),
        new Situation(
            "special mirror of 2",
            "healthy",
            "",
            "1",
            "1",
            """
            special
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """),
        new Situation(
            "dedup mirror of 2",
            "healthy",
            "",
            "1",
            "1",
            """
            dedup
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """),
        new Situation(
            "cache disk",
            "healthy",
            "",
            "-",
            "-",
            """
            cache
              /dev/a ONLINE
            """),
        new Situation(
            "spare disk",
            "available",
            "",
            "-",
            "-",
            """
            spares
              /dev/a AVAIL
            """),
        new Situation(
            "a type we do not know",
            "healthy",
            "",
            "-",
            "-",
            """
              quorum-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
            """));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void disksThatMayBeLost(Situation situation) {
    PoolStatus pool = ZpoolStatus.pool(situation.scan, situation.rows);

    var redundancy = pool.redundancyOf(pool.vdevs().getFirst());

    assertThat(redundancy.map(r -> Integer.toString(r.configured())).orElse("-"))
        .as("configured")
        .isEqualTo(situation.configured);
    assertThat(
            redundancy
                .map(Redundancy::remaining)
                .filter(remaining -> remaining.isPresent())
                .map(remaining -> Integer.toString(remaining.getAsInt()))
                .orElse("-"))
        .as("remaining")
        .isEqualTo(situation.remaining);
  }

  @Test
  void rebuildOfAnotherVdevDoesNotConcernThisOne() {
    PoolStatus pool =
        ZpoolStatus.pool(
            REBUILD,
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                /dev/b ONLINE
              mirror-1 ONLINE
                /dev/c ONLINE
                /dev/d ONLINE
            """);

    assertThat(pool.redundancyOf(pool.vdevs().getLast()).orElseThrow().remaining()).hasValue(1);
  }

  @Test
  void theDocumentShowsThisTable() throws IOException {
    String table = situations().stream().map(Situation::line).collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("docs/redundancy.md"), UTF_8)).contains(table);
  }
}
