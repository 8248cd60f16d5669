package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.config.Secret;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A scrape of a part of a cluster asks for that part only.
class ScopedScrapesTest {
  private static final Scope WHOLE = new Scope.WholeCluster();
  private static final Scope PVE1 = new Scope.OneNode("pve1");
  private static final Scope CLUSTER = new Scope.ClusterItself();
  private static final Set<Collector> ALL = EnumSet.allOf(Collector.class);

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
  private final Simulator simulator =
      Simulator.start(Scenario.named("healthy"), SimulatorOptions.forTests().withClock(clock));
  private final ClusterScraper scraper = scraper();

  private ClusterScraper scraper() {
    String[] token = Credentials.MONITOR_TOKEN.split("=", 2);
    var cluster =
        ClusterConfiguration.of(
                "test",
                List.of(simulator.endpoint()),
                new Credential.Token(token[0], new Secret(token[1])),
                new Trust.Fingerprints(List.of(ServerCertificate.PROXMOX.fingerprint())))
            .withRequests(new Requests(2, 8, Duration.ZERO));
    return ClusterScraper.of(cluster, fingerprint -> fingerprint, clock);
  }

  @AfterEach
  void stop() {
    scraper.close();
    simulator.close();
  }

  private ClusterSnapshot collect(Scope scope, Set<Collector> collectors) {
    return scraper.collect(scope, collectors, Deadline.after(Duration.ofSeconds(30)));
  }

  private List<String> paths() {
    scraper.settle(Deadline.after(Duration.ofSeconds(30)));
    return simulator.requests().stream()
        .map(ReceivedRequest::path)
        .filter(path -> !path.endsWith("/disks/smart"))
        .sorted()
        .distinct()
        .toList();
  }

  private static List<Reading<List<Pool>>> pools(ClusterSnapshot snapshot) {
    return snapshot.nodes().asOptional().orElseThrow().stream().map(NodeSnapshot::pools).toList();
  }

  private static List<String> namesOfNodes(ClusterSnapshot snapshot) {
    return snapshot.nodes().asOptional().orElseThrow().stream().map(NodeSnapshot::name).toList();
  }

  @Test
  void ofOneNodeOnlyThatNodeIsAsked() {
    ClusterSnapshot snapshot = collect(PVE1, ALL);
    assertThat(paths())
        .containsExactly(
            "/access/permissions",
            "/cluster/resources",
            "/nodes",
            "/nodes/pve1/apt/versions",
            "/nodes/pve1/disks/list",
            "/nodes/pve1/disks/zfs",
            "/nodes/pve1/disks/zfs/rpool",
            "/nodes/pve1/disks/zfs/tank",
            "/nodes/pve1/time",
            "/storage");
    assertThat(namesOfNodes(snapshot)).containsExactly("pve1", "pve2", "pve3");
    assertThat(snapshot.nodes().asOptional().orElseThrow())
        .allSatisfy(
            node -> {
              boolean asked = node.name().equals("pve1");
              assertThat(node.online()).isTrue();
              assertThat(node.pools())
                  .isInstanceOf(asked ? Reading.Ok.class : Reading.Skipped.class);
              assertThat(node.time())
                  .isInstanceOf(asked ? Reading.Ok.class : Reading.Skipped.class);
            });
  }

  @Test
  void ofTheClusterItselfNoNodeIsAsked() {
    ClusterSnapshot snapshot = collect(CLUSTER, ALL);
    assertThat(paths())
        .containsExactly(
            "/access/permissions",
            "/cluster/replication",
            "/cluster/resources",
            "/nodes",
            "/nodes/pve1/replication",
            "/nodes/pve2/replication",
            "/storage");
    assertThat(namesOfNodes(snapshot)).containsExactly("pve1", "pve2", "pve3");
  }

  @Test
  void ofANodeThatThereIsNotNoneIsAsked() {
    collect(new Scope.OneNode("pve9"), ALL);
    assertThat(paths())
        .containsExactly("/access/permissions", "/cluster/resources", "/nodes", "/storage");
  }

  @Test
  void onlyWhatTheWantedCollectorsNeedIsAsked() {
    collect(PVE1, Set.of(Collector.VDEV));
    assertThat(paths())
        .containsExactly(
            "/access/permissions",
            "/nodes",
            "/nodes/pve1/apt/versions",
            "/nodes/pve1/disks/zfs",
            "/nodes/pve1/disks/zfs/rpool",
            "/nodes/pve1/disks/zfs/tank");
    simulator.forgetRequests();
    collect(WHOLE, Set.of(Collector.REPLICATION));
    assertThat(paths())
        .containsExactly(
            "/cluster/replication",
            "/nodes",
            "/nodes/pve1/replication",
            "/nodes/pve2/apt/versions",
            "/nodes/pve2/replication",
            "/nodes/pve3/apt/versions");
  }

  @Test
  void whatIsRememberedOfTheOtherNodesIsNotTakenForMissing() {
    ClusterSnapshot before = collect(WHOLE, ALL);
    for (Scope scope : List.of(PVE1, CLUSTER)) {
      assertThat(collect(scope, ALL).missingPools()).isEmpty();
    }
    ClusterSnapshot after = collect(WHOLE, ALL);
    assertThat(after.missingPools()).isEmpty();
    assertThat(pools(after)).isEqualTo(pools(before)).hasSize(3);
  }

  @Test
  void ofANodeThatLeftTheClusterWhatIsRememberedIsTold() {
    collect(WHOLE, ALL);
    simulator.answer(
        "/nodes",
        Answer.json(
            """
            {"data":[{"node":"pve2","status":"online"},{"node":"pve3","status":"online"}]}"""));
    assertThat(collect(PVE1, ALL).missingPools())
        .extracting(MissingPool::node, MissingPool::pool, MissingPool::cause)
        .containsExactly(
            tuple("pve1", "rpool", MissingPool.Cause.NO_LIST),
            tuple("pve1", "tank", MissingPool.Cause.NO_LIST));
  }
}
