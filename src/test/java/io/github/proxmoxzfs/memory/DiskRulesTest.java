package io.github.proxmoxzfs.memory;

import static io.github.proxmoxzfs.domain.Disks.ata;
import static io.github.proxmoxzfs.domain.Disks.disk;
import static io.github.proxmoxzfs.domain.Disks.identity;
import static io.github.proxmoxzfs.domain.Disks.leaf;
import static io.github.proxmoxzfs.domain.Disks.pool;
import static io.github.proxmoxzfs.domain.Disks.smart;
import static io.github.proxmoxzfs.domain.Disks.vanished;
import static io.github.proxmoxzfs.memory.Collected.after;
import static io.github.proxmoxzfs.memory.Collected.cluster;
import static io.github.proxmoxzfs.memory.Collected.failed;
import static io.github.proxmoxzfs.memory.Collected.node;
import static io.github.proxmoxzfs.memory.Collected.offline;
import static io.github.proxmoxzfs.memory.Collected.withoutList;
import static io.github.proxmoxzfs.memory.Collected.withoutNodes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Disk;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeDisks;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartValue;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which disk a leaf is told to be, and what disks are told to have said, over a series of
/// collections.
class DiskRulesTest {
  private static final String BY_ID = "/dev/disk/by-id/ata-ST4000_";

  private Recollection memory = Recollection.NOTHING;
  private Instant now = after("PT0S");

  @Test
  void aDiskThatIsGoneIsStillNamed() {
    assertThat(leaves(List.of(ata("sda", "A"), ata("sdb", "B")), byId("A"), byId("B")))
        .isEqualTo("A: A sda there, B: B sdb there");

    assertThat(leaves(List.of(ata("sda", "A")), byId("A"), byId("B")))
        .isEqualTo("A: A sda there, B: B sdb gone");
    assertThat(leaves(List.of(ata("sda", "A")), byId("A"), vanished(BY_ID + "B", "9", BY_ID + "B")))
        .isEqualTo("A: A sda there, B: B sdb gone");
  }

  @Test
  void aDiskThatIsGoneIsStillNamedAfterARestart() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), byId("A"), byId("B"));
    restart();

    assertThat(leaves(List.of(ata("sda", "A")), byId("A"), byId("B")))
        .isEqualTo("A: A sda there, B: B sdb gone");
  }

  @Test
  void aDiskThatComesBackUnderAnotherNameIsThere() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), byId("A"), byId("B"));
    leaves(List.of(ata("sda", "A")), byId("A"), byId("B"));

    assertThat(leaves(List.of(ata("sda", "A"), ata("sdz", "B")), byId("A"), byId("B")))
        .isEqualTo("A: A sda there, B: B sdz there");
  }

  @Test
  void aDiskThatWasReplacedIsForgotten() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), byId("A"), byId("B"));

    assertThat(leaves(List.of(ata("sda", "A"), ata("sdb", "C")), byId("A"), byId("C")))
        .isEqualTo("A: A sda there, C: C sdb there");
    assertThat(of(memory).leaves()).hasSize(2);
  }

  /// The new disk is put into the bay before anyone tells ZFS, and takes the kernel's name.
  @Test
  void anotherDiskUnderTheNameOfAFailedOneIsNotTakenForIt() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), kernel("sda1"), kernel("sdb1"));

    Vdev removed = leaf("/dev/sdb1", VdevState.REMOVED);
    assertThat(leaves(List.of(ata("sda", "A"), ata("sdb", "C")), kernel("sda1"), removed))
        .isEqualTo("/dev/sda1: A sda there, /dev/sdb1: B  gone");
  }

  @Test
  void aRebootThatSwapsNamesSwapsTheLeavesDisks() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), kernel("sda1"), kernel("sdb1"));
    collect(cluster(now, offline("pve1")));
    restart();

    assertThat(leaves(List.of(ata("sda", "B"), ata("sdb", "A")), kernel("sda1"), kernel("sdb1")))
        .isEqualTo("/dev/sda1: B sda there, /dev/sdb1: A sdb there");
  }

  @Test
  void withoutAListAnOpenKernelNameSaysNothingAndALinkItsDisk() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), kernel("sda1"), byId("B"));

    assertThat(leaves(failed(), kernel("sda1"), byId("B"))).isEqualTo("B: B sdb unknown");
    assertThat(leaves(List.of(ata("sdb", "B")), leaf("/dev/sda1", VdevState.REMOVED), byId("B")))
        .isEqualTo("B: B sdb there, /dev/sda1: A sda gone");
  }

  /// sda failed; at the next boot sdb is called sda, and ZFS shows the GUID of what was sda.
  @Test
  void aLeafWhoseNameAnotherHasNowIsStillTheDiskThatItWas() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), kernel("sda1"), kernel("sdb1"));
    Vdev gone = vanished("4711", "4711", "/dev/sda1");
    String expected = "/dev/sda1: B sda there, 4711: A  gone";

    assertThat(leaves(failed(), gone, kernel("sda1"))).isEmpty();
    assertThat(leaves(List.of(ata("sda", "B")), gone, kernel("sda1"))).isEqualTo(expected);
    assertThat(leaves(List.of(ata("sda", "B")), gone, kernel("sda1"))).isEqualTo(expected);
  }

  @Test
  void aLeafThatWasNeverSeenWithItsDiskIsNone() {
    Vdev gone = vanished("4711", "4711", "/dev/sda1");

    for (int scrape = 0; scrape < 3; scrape++) {
      assertThat(leaves(List.of(ata("sda", "B")), gone, kernel("sda1")))
          .isEqualTo("/dev/sda1: B sda there");
    }
  }

  @Test
  void aDiskThatCannotBeToldFromOthersIsThereOrNotByItsNameOnly() {
    Disk virtual = disk("vda", "", "", "", "0x1af4");

    assertThat(leaves(List.of(virtual), kernel("vda1"))).isEqualTo("/dev/vda1: - vda there");
    assertThat(leaves(List.of(virtual), leaf("/dev/vda1", VdevState.UNAVAIL)))
        .isEqualTo("/dev/vda1: - vda unknown");
    assertThat(leaves(List.of(ata("sda", "A")), leaf("/dev/vda1", VdevState.UNAVAIL)))
        .isEqualTo("/dev/vda1: - vda gone");
  }

  @Test
  void leavesOfAPoolThatCannotBeReadAreTold() {
    leaves(List.of(ata("sda", "A"), ata("sdb", "B")), byId("A"), byId("B"));
    Pool unread = Collected.pool("tank", failed());
    NodeDisks disks = disks(List.of(ata("sda", "A")), Map.of());

    assertThat(leaves(collect(cluster(now, node(now, "pve1", unread).withDisks(disks)))))
        .isEqualTo("A: A sda there, B: B sdb gone");
    assertThat(leaves(collect(cluster(now, withoutList("pve1").withDisks(disks)))))
        .isEqualTo("A: A sda there, B: B sdb gone");
  }

  @Test
  void leavesOfAPoolThatIsForgottenAreForgotten() {
    leaves(List.of(ata("sda", "A")), byId("A"));
    for (int hour = 0; hour < 7 * 24 + 2; hour++) {
      now = now.plus(Duration.ofHours(1));
      collect(cluster(now, node(now, "pve1").withDisks(disks(List.of(ata("sda", "A")), Map.of()))));
    }

    assertThat(memory.pools()).isEmpty();
    assertThat(memory.disks()).isEmpty();
  }

  @Test
  void forgettingAPoolForgetsItsLeaves() {
    leaves(List.of(ata("sda", "A")), byId("A"));

    assertThat(of(memory.without(new PoolKey("pve1", "tank"))).leaves()).isEmpty();
    assertThat(memory.ofNodes(node -> node.equals("pve2")).disks()).isEmpty();
  }

  @Test
  void disksThatAreNotAskedForAreLeftAlone() {
    leaves(List.of(ata("sda", "A")), byId("A"));
    Recollection before = memory;
    collect(cluster(now, node(now, "pve1", pool("tank", now, byId("A")))));
    collect(withoutNodes(now));

    assertThat(memory.disks()).isEqualTo(before.disks());
  }

  @Test
  void afterARebootThatSwapsNamesNoReadingIsUnderAnotherDisk() {
    smartOf(
        List.of(ata("sda", "A"), ata("sdb", "B")),
        Map.of("A", smart(now, 31), "B", smart(now, 42)));
    restart();

    assertThat(smartOf(List.of(ata("sda", "B"), ata("sdb", "A")), Map.of()))
        .isEqualTo("sda B 42 at PT0S, sdb A 31 at PT0S");
  }

  @Test
  void anotherDiskHasNoneOfTheReadingsOfTheOneBefore() {
    smartOf(List.of(ata("sda", "A")), Map.of("A", smart(now, 31)));

    assertThat(smartOf(List.of(ata("sda", "B")), Map.of())).isEmpty();
    assertThat(memory.disks()).isEmpty();
    assertThat(smartOf(List.of(ata("sda", "A")), Map.of())).isEmpty();
  }

  @Test
  void readingsOfADiskThatALeafRefersToAreKeptUntilItIsBack() {
    Pool pool = pool("tank", now, byId("A"));
    NodeSnapshot node = node(now, "pve1", pool);
    var told = Map.of(identity("A"), smart(now, 31));
    collect(cluster(now, node.withDisks(disks(List.of(ata("sda", "A")), told))));
    collect(cluster(now, node.withDisks(disks(List.of(), Map.of()))));
    restart();

    assertThat(
            smartOf(
                collect(cluster(now, node.withDisks(disks(List.of(ata("sdq", "A")), Map.of()))))))
        .isEqualTo("sdq A 31 at PT0S");
  }

  @Test
  void whatADiskToldStandsBesideWhyItTellsNothingNow() {
    List<Disk> disks = List.of(ata("sda", "A"));
    smartOf(disks, Map.of("A", smart(now, 31)));
    now = after("PT1H");

    assertThat(
            smartOf(
                disks,
                Map.of(
                    "A",
                    SmartReading.of(
                        new Reading.Ok<>(
                            new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER), now)))))
        .isEqualTo("sda A 31 at PT0S no_answer");
    assertThat(
            smartOf(
                disks,
                Map.of(
                    "A",
                    SmartReading.of(new Reading.Failed<>(FailureReason.TIMED_OUT, "too long")))))
        .isEqualTo("sda A 31 at PT0S timed_out");
    assertThat(smartOf(disks, Map.of("A", smart(now, 33)))).isEqualTo("sda A 33 at PT1H");
  }

  @Test
  void anOlderReadingDoesNotTakeTheNewersPlace() {
    List<Disk> disks = List.of(ata("sda", "A"));
    now = after("PT1H");
    smartOf(disks, Map.of("A", smart(now, 31)));

    assertThat(smartOf(disks, Map.of("A", smart(after("PT0S"), 20)))).isEqualTo("sda A 31 at PT1H");
    now = after("-PT1H");
    assertThat(smartOf(disks, Map.of("A", smart(now, 20)))).isEqualTo("sda A 20 at PT-1H");
  }

  @Test
  void allThatADiskToldIsKeptAcrossARestart() throws Exception {
    var told =
        new SmartReport.Told(
            SmartReport.Protocol.SCSI,
            new SmartHealth(
                SmartHealth.Verdict.WARNING, Optional.of(new SmartHealth.Sense(0x0b, 0x14))),
            Map.of(
                SmartValue.BYTES_READ,
                new BigDecimal("174224571863520493293247799005065324265472000"),
                SmartValue.WEAROUT_REMAINING_RATIO,
                new BigDecimal("-0.37")),
            List.of(
                new SmartAttribute(
                    5,
                    "Real[\t]",
                    "PO--CK",
                    1,
                    2,
                    3,
                    SmartAttribute.Failing.NOW,
                    Optional.of(new BigInteger("281474976710655"))),
                new SmartAttribute(
                    177,
                    "Wear_Leveling_Count",
                    "PO--C-",
                    98,
                    98,
                    0,
                    SmartAttribute.Failing.PAST,
                    Optional.empty())));
    var reading = SmartReading.of(new Reading.Ok<>(told, after("PT0.123S")));
    var identity = new DiskIdentity("S", "0x5", "M");
    Disk disk = disk("sda", "M", "S", "0x5", "V");
    collect(
        cluster(now, node(now, "pve1").withDisks(disks(List.of(disk), Map.of(identity, reading)))));
    restart();

    assertThat(of(memory).smart())
        .containsExactly(Map.entry(identity, SmartReading.remembered(told, after("PT0.123S"))));
  }

  @Test
  void whatIsTooLongToBeKeptCostsNothingElse() throws Exception {
    String longest = "x".repeat(10_000);
    leaves(List.of(ata("sda", "A"), ata("sdb", longest)), byId("A"), byId(longest));
    restart();

    assertThat(of(memory).leaves()).hasSize(1);
    assertThat(memory.pools()).hasSize(1);
  }

  @Test
  void aFileWithoutDisksIsRead() throws Exception {
    collect(cluster(now, node(now, "pve1", pool("tank", now))));
    String old =
        MemoryText.write(
            MemoryText.read(PoolSections.write(memory).getBytes(StandardCharsets.UTF_8)).stream()
                .filter(section -> section.name().matches("(pools|scrubs) 1"))
                .toList());

    assertThat(PoolSections.read(old.getBytes(StandardCharsets.UTF_8)).pools())
        .containsOnlyKeys(new PoolKey("pve1", "tank"));
  }

  private static RememberedDisks of(Recollection memory) {
    return memory.disks().getOrDefault("pve1", RememberedDisks.NOTHING);
  }

  private static Vdev byId(String serial) {
    return leaf(BY_ID + serial);
  }

  private static Vdev kernel(String name) {
    return leaf("/dev/" + name);
  }

  private static NodeDisks disks(List<Disk> disks, Map<DiskIdentity, SmartReading> smart) {
    return NodeDisks.of(new Reading.Ok<>(new DiskList(disks), Instant.EPOCH), smart);
  }

  private ClusterSnapshot collect(ClusterSnapshot seen) {
    Recall.Result result = Recall.of(memory, seen, now, Duration.ofDays(7));
    memory = result.memory();
    return result.snapshot();
  }

  private void restart() {
    try {
      memory = PoolSections.read(PoolSections.write(memory).getBytes(StandardCharsets.UTF_8));
    } catch (MalformedMemoryException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private String leaves(List<Disk> disks, Vdev... leaves) {
    return leaves(new Reading.Ok<>(new DiskList(disks), now), leaves);
  }

  private String leaves(Reading<DiskList> list, Vdev... leaves) {
    return leaves(
        collect(
            cluster(
                now,
                node(now, "pve1", pool("tank", now, leaves))
                    .withDisks(NodeDisks.of(list, Map.of())))));
  }

  /// Which disks the leaves are told to be: `NAME: SERIAL DEVICE there`.
  private static String leaves(ClusterSnapshot snapshot) {
    return new TreeMap<>(only(snapshot).disks().leaves())
        .entrySet().stream()
            .map(
                leaf ->
                    leaf.getKey().leaf().replace(BY_ID, "")
                        + ": "
                        + leaf.getValue().identity().map(DiskIdentity::serial).orElse("-")
                        + " "
                        + leaf.getValue().device()
                        + leaf.getValue()
                            .present()
                            .map(there -> there ? " there" : " gone")
                            .orElse(" unknown"))
            .collect(Collectors.joining(", "));
  }

  private String smartOf(List<Disk> disks, Map<String, SmartReading> bySerial) {
    Map<DiskIdentity, SmartReading> smart =
        bySerial.entrySet().stream()
            .collect(Collectors.toMap(disk -> identity(disk.getKey()), Map.Entry::getValue));
    return smartOf(collect(cluster(now, node(now, "pve1").withDisks(disks(disks, smart)))));
  }

  /// What is told of each device: `DEVICE SERIAL DEGREES at TIME FAILURE`.
  private static String smartOf(ClusterSnapshot snapshot) {
    NodeDisks disks = only(snapshot).disks();
    return disks.list().asOptional().orElseThrow().identified().entrySet().stream()
        .filter(disk -> disks.smart().containsKey(disk.getKey()))
        .map(
            disk -> {
              SmartReading reading = requireNonNull(disks.smart().get(disk.getKey()));
              return disk.getValue().getFirst().device()
                  + " "
                  + disk.getKey().serial()
                  + reading
                      .told()
                      .map(
                          told ->
                              " "
                                  + told.value().value(SmartValue.TEMPERATURE_CELSIUS).orElseThrow()
                                  + " at "
                                  + Duration.between(Collected.START, told.readAt()))
                      .orElse("")
                  + reading.failure().map(why -> " " + why).orElse("");
            })
        .collect(Collectors.joining(", "));
  }

  private static NodeSnapshot only(ClusterSnapshot snapshot) {
    return snapshot.nodes().asOptional().orElseThrow().getFirst();
  }
}
