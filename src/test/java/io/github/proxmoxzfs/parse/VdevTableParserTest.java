package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.Vdev.Level;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevNotes.Activity;
import io.github.proxmoxzfs.domain.VdevState;
import io.github.proxmoxzfs.domain.VdevType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VdevTableParserTest {
  @Test
  void classesLevelsAndNames() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              mirror-0 ONLINE
                /dev/a ONLINE
                replacing-1 ONLINE
                  /dev/b ONLINE
                  /dev/c ONLINE  (resilvering)
              /dev/d ONLINE
            dedup\t
              mirror-2 ONLINE
                /dev/e ONLINE
                /dev/f ONLINE
            special\t
              /dev/g ONLINE
            logs\t
              /var/log.img ONLINE
            cache
              /dev/h ONLINE
            spares
              /dev/i AVAIL
              /dev/j INUSE     currently in use
            """);

    assertThat(pool.allVdevs())
        .extracting(
            vdev -> vdev.vdevClass().label(),
            vdev -> vdev.level().label(),
            vdev -> vdev.type().label(),
            Vdev::name,
            vdev -> vdev.parent().orElse(""))
        .containsExactly(
            tuple("data", "top", "mirror", "mirror-0", ""),
            tuple("data", "leaf", "disk", "/dev/a", "mirror-0"),
            tuple("data", "inner", "replacing", "mirror-0/replacing-1", "mirror-0"),
            tuple("data", "leaf", "disk", "/dev/b", "mirror-0/replacing-1"),
            tuple("data", "leaf", "disk", "/dev/c", "mirror-0/replacing-1"),
            tuple("data", "leaf", "disk", "/dev/d", ""),
            tuple("dedup", "top", "mirror", "mirror-2", ""),
            tuple("dedup", "leaf", "disk", "/dev/e", "mirror-2"),
            tuple("dedup", "leaf", "disk", "/dev/f", "mirror-2"),
            tuple("special", "leaf", "disk", "/dev/g", ""),
            tuple("log", "leaf", "file", "/var/log.img", ""),
            tuple("cache", "leaf", "disk", "/dev/h", ""),
            tuple("spare", "leaf", "disk", "/dev/i", ""),
            tuple("spare", "leaf", "disk", "/dev/j", ""));
    assertThat(pool.leavesByState())
        .isEqualTo(Map.of(VdevState.ONLINE, 9, VdevState.AVAIL, 1, VdevState.INUSE, 1));
    assertThat(pool.spares(VdevState.AVAIL)).contains(1L);
    assertThat(pool.spares(VdevState.INUSE)).contains(1L);
    assertThat(pool.unknownTexts()).isEmpty();
  }

  @Test
  void poolWithoutSparesHasNoNumberOfThem() {
    assertThat(ZpoolStatus.pool("", "  /dev/a ONLINE").spares(VdevState.AVAIL)).isEmpty();
  }

  /// pve-storage 5.0-31 to 7.0-11: no row for the pool, each further section in the one before.
  @Test
  void sectionsNestedInEachOtherAreFound() {
    VdevRow spares = section("spares", leaf("/dev/d", "AVAIL"));
    VdevRow cache = section("cache", leaf("/dev/c", "ONLINE"), spares);
    VdevRow logs = section("logs", leaf("/dev/b", "ONLINE"), cache);
    VdevRow mirror = group("mirror-0", leaf("/dev/a", "ONLINE"));

    assertThat(parse(mirror, logs).allVdevs())
        .extracting(Vdev::vdevClass, Vdev::level, Vdev::name)
        .containsExactlyInAnyOrder(
            tuple(VdevClass.DATA, Level.TOP, "mirror-0"),
            tuple(VdevClass.DATA, Level.LEAF, "/dev/a"),
            tuple(VdevClass.LOG, Level.LEAF, "/dev/b"),
            tuple(VdevClass.CACHE, Level.LEAF, "/dev/c"),
            tuple(VdevClass.SPARE, Level.LEAF, "/dev/d"));
  }

  /// pve-storage before 5.0-31: rows without counters are missing.
  @Test
  void rowsWithoutSectionsAreData() {
    assertThat(parse(leaf("/dev/a", "ONLINE"), leaf("/dev/log", "ONLINE")).allVdevs())
        .extracting(Vdev::vdevClass, Vdev::name)
        .containsExactly(tuple(VdevClass.DATA, "/dev/a"), tuple(VdevClass.DATA, "/dev/log"));
  }

  @Test
  void poolIsFoundWithoutItsName() {
    VdevRow pool = group("rpool", group("mirror-0", leaf("/dev/a", "ONLINE")));
    PoolStatus status =
        PoolStatusParser.parse(new PoolStatusText(Map.of("state", "ONLINE"), List.of(pool)));

    assertThat(status.allVdevs()).extracting(Vdev::name).containsExactly("mirror-0", "/dev/a");
  }

  @Test
  void vanishedLeafKeepsItsPathAsName() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              mirror-0 DEGRADED
                /dev/a ONLINE
                2453993857566101544 UNAVAIL  was /dev/b
            """);

    Vdev vanished = pool.allVdevs().toList().getLast();
    assertThat(vanished.name()).isEqualTo("/dev/b");
    assertThat(vanished.guid()).contains("2453993857566101544");
    assertThat(vanished.type()).isEqualTo(new VdevType.Disk());
    assertThat(vanished.notes().fault()).contains(VdevNotes.Fault.NOT_PRESENT);
  }

  @Test
  void vanishedSpareKeepsItsPathInBothPlaces() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              spare-0 DEGRADED
                /dev/a ONLINE
                2453993857566101544 UNAVAIL  was /dev/b
            spares
              2453993857566101544 UNAVAIL   was /dev/b
            """);

    assertThat(pool.allVdevs().filter(Vdev::leaf))
        .extracting(Vdev::name)
        .containsExactly("/dev/a", "/dev/b", "/dev/b");
  }

  @Test
  void vanishedLeafWhosePathAnotherOneHasNowIsNamedByGuid() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              mirror-0 DEGRADED
                replacing-0 DEGRADED
                  2453993857566101544 UNAVAIL  was /dev/a
                  /dev/a ONLINE  (resilvering)
                /dev/b ONLINE
            """);

    assertThat(pool.allVdevs().filter(Vdev::leaf))
        .extracting(Vdev::name)
        .containsExactly("2453993857566101544", "/dev/a", "/dev/b");
  }

  @Test
  void leafWithoutAKnownPathIsMissing() {
    PoolStatus pool = ZpoolStatus.pool("", "  2453993857566101544 UNAVAIL");

    assertThat(pool.vdevs().getFirst().type()).isEqualTo(new VdevType.Missing());
    assertThat(pool.vdevs().getFirst().name()).isEqualTo("2453993857566101544");
  }

  /// `pve-api.md` quirk 10: the columns shift, and nothing but a path's beginning is left.
  @Test
  void pathWithABlankCostsTheRowAndIsReported() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              mirror-0 ONLINE
                /var/tmp/my disk 1 ONLINE 0 0 0
                /dev/b ONLINE
            """);

    Vdev shifted = pool.allVdevs().toList().get(1);
    assertThat(shifted.name()).isEqualTo("/var/tmp/my");
    assertThat(shifted.state()).isEqualTo(VdevState.UNKNOWN);
    assertThat(shifted.errors()).isEmpty();
    assertThat(shifted.notes()).isEqualTo(VdevNotes.NONE);
    assertThat(pool.unknownTexts()).containsExactly(Map.entry("vdev", "/var/tmp/my disk"));
  }

  @Test
  void spareInUseHasNoCounters() {
    PoolStatus pool =
        ZpoolStatus.pool(
            "",
            """
              /dev/a ONLINE
            spares
              /dev/b INUSE     currently in use
              /dev/c INUSE     in use by pool 'other'
              /dev/d FAULTED   too many errors
              /dev/e UNAVAIL   cannot open
            """);

    List<Vdev> spares =
        pool.vdevs().stream().filter(vdev -> vdev.vdevClass() == VdevClass.SPARE).toList();
    assertThat(spares).allMatch(spare -> spare.errors().isEmpty());
    assertThat(spares)
        .extracting(spare -> spare.notes().usedByPool())
        .containsExactly(
            Optional.empty(), Optional.of("other"), Optional.empty(), Optional.empty());
    assertThat(spares.getLast().notes().fault()).contains(VdevNotes.Fault.CANNOT_OPEN);
    assertThat(pool.unknownTexts()).isEmpty();
  }

  @Test
  void rowWithoutCountersHasNoErrors() {
    assertThat(parse(row("/dev/a", Optional.of("ONLINE"), Optional.empty())).vdevs().getFirst())
        .extracting(Vdev::errors)
        .isEqualTo(Optional.<VdevErrors>empty());
  }

  @Test
  void unknownNoteIsReportedAndCostsNothingElse() {
    PoolStatus pool = ZpoolStatus.pool("", "  /dev/a FAULTED  eaten by mice  (resilvering)");

    Vdev vdev = pool.vdevs().getFirst();
    assertThat(vdev.state()).isEqualTo(VdevState.FAULTED);
    assertThat(vdev.shows(Activity.RESILVERING)).isTrue();
    assertThat(vdev.errors()).contains(VdevErrors.NONE);
    assertThat(pool.unknownTexts()).containsExactly(Map.entry("vdev", "eaten by mice"));
  }

  @Test
  void bottomlessTableIsCutOff() {
    VdevRow row = leaf("/dev/a", "ONLINE");
    for (int depth = 0; depth < 10_000; depth++) {
      row = group("mirror-" + depth, row);
    }

    PoolStatus pool = parse(row);

    assertThat(pool.allVdevs().count()).isLessThan(100);
    assertThat(pool.unknownTexts()).containsExactly(Map.entry("vdev", "rows nested too deeply"));
  }

  private static PoolStatus parse(VdevRow... rows) {
    return PoolStatusParser.parse(
        new PoolStatusText(Map.of("name", "tank", "state", "ONLINE"), List.of(rows)));
  }

  private static VdevRow section(String name, VdevRow... rows) {
    return row(name, Optional.empty(), Optional.empty(), rows);
  }

  private static VdevRow group(String name, VdevRow... rows) {
    return row(name, Optional.of("ONLINE"), Optional.of("0"), rows);
  }

  private static VdevRow leaf(String name, String state) {
    return row(name, Optional.of(state), Optional.of("0"));
  }

  private static VdevRow row(
      String name, Optional<String> state, Optional<String> counter, VdevRow... rows) {
    return new VdevRow(
        name, state, counter, counter, counter, Optional.of(""), rows.length == 0, List.of(rows));
  }
}
