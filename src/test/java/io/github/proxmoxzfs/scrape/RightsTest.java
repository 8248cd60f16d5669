package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.sim.AccessList;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A credential that lacks each privilege in turn, and one that has too many: a metric names it,
/// the log too, with what mends it.
class RightsTest {
  private static final String TOKEN = "monitor@pve!exporter";
  private static final Set<String> ALL =
      Set.of("compat", "pool", "scan", "vdev", "disk", "smart", "replication", "storage");

  /// What is told of the cluster itself.
  private static final Predicate<String> OF_THE_CLUSTER =
      Pattern.compile("(proxmox_zfs_exporter_|zfs_(replication|scrape_collector_success)).*")
          .asMatchPredicate()
          .and(line -> !line.contains("node=\"pve") && !line.contains("collection_timestamp"));

  private final PlayedCluster cluster = new PlayedCluster(Scenario.named("healthy"));

  @AfterEach
  void stop() {
    cluster.close();
  }

  /// The series of a scrape that have something to do with rights, and those of what may be lost.
  private static List<String> series(ClusterSnapshot snapshot) {
    var text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(
              text,
              ClusterMetrics.of(snapshot, ALL, new Scope.WholeCluster()).families(),
              EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private List<String> told() {
    cluster.scrape();
    cluster.settle();
    return series(cluster.scrape());
  }

  private static List<String> privileges(List<String> series) {
    return series.stream().filter(line -> line.matches(".*_privilege\\{.*")).toList();
  }

  private static Set<String> without(String privilege) {
    var rest = new HashSet<>(AccessList.AUDITOR);
    rest.remove(privilege);
    return rest;
  }

  @ParameterizedTest
  @CsvSource({
    "Sys.Audit, pools, /,/nodes",
    "Datastore.Audit, storage, /storage,",
    "VM.Audit, replication, /vms,"
  })
  void eachThatIsMissingIsNamedAndSoIsWhatItCosts(
      String privilege, String source, String path, String otherPath) {
    AccessList right = cluster.simulator.access();
    try (var logged = new LoggedLines(ClusterScraper.class)) {
      cluster.time.play(
          () -> {
            cluster.simulator.access(right.withGrant(TOKEN, "/", true, without(privilege)));
            List<String> lacking = told();
            String named =
                "proxmox_zfs_exporter_missing_privilege{path=\"%s\",privilege=\"%s\"} 1.0";
            assertThat(privileges(lacking))
                .containsExactlyElementsOf(
                    otherPath == null
                        ? List.of(named.formatted(path, privilege))
                        : List.of(
                            named.formatted(path, privilege),
                            named.formatted(otherPath, privilege)));
            assertThat(lacking)
                .contains(
                    "proxmox_zfs_exporter_failure{collector=\"%s\",node=\"%s\",reason=\"forbidden\"} 1.0"
                        .formatted(source, source.equals("pools") ? "pve1" : ""));
            assertThat(lacking)
                .noneMatch(
                    line -> line.matches("zfs_(" + source.replace("pools", "pool_size") + ")_.*"));

            // What the printed command does.
            cluster.simulator.access(right.withGrant(TOKEN, "/", true, AccessList.AUDITOR));
            cluster.pass(Duration.ofMinutes(1));
            assertThat(privileges(told())).isEmpty();
            return true;
          });
      assertThat(logged.lines())
          .filteredOn(line -> line.contains("credential"))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("WARNING The credential lacks privileges")
                      .contains(privilege + " on " + path)
                      .endsWith(
                          "mend pveum acl modify / --users 'monitor@pve' --roles PVEAuditor && pveum"
                              + " acl modify / --tokens 'monitor@pve!exporter' --roles PVEAuditor"),
              line -> assertThat(line).startsWith("INFO The credential has the privileges"));
    }
  }

  /// Not an hour later.
  @Test
  void oneThatIsTakenAwayIsNamedAtTheNextRefusal() {
    cluster.time.play(
        () -> {
          assertThat(privileges(told())).isEmpty();
          cluster.simulator.access(
              cluster.simulator.access().withGrant(TOKEN, "/", true, without("Sys.Audit")));
          cluster.pass(Duration.ofMinutes(2));
          told();
          assertThat(privileges(told())).isNotEmpty();
          return true;
        });
  }

  @Test
  void theMetricsSayBoth() throws IOException {
    Path golden = Path.of("src/test/resources/golden/rights.txt");
    var others = new HashSet<>(without("VM.Audit"));
    others.add("Sys.Modify");
    AccessList access = cluster.simulator.access();
    cluster.simulator.access(
        access
            .withGrant(Credentials.MONITOR_USER, "/", true, others)
            .withGrant(TOKEN, "/", true, others));
    String told =
        String.join("\n", cluster.time.play(this::told).stream().filter(OF_THE_CLUSTER).toList())
            + "\n";
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, told);
    }
    assertThat(told).isEqualTo(Files.readString(golden));
  }

  @Test
  void withoutAnyPrivilegeAllAreNamed() {
    cluster.simulator.access(cluster.simulator.access().withoutGrants(TOKEN));
    List<String> lacking = cluster.time.play(this::told);
    assertThat(privileges(lacking)).hasSize(4);
    assertThat(lacking).contains("proxmox_zfs_exporter_cluster_up 1.0");
  }

  @Test
  void eachThatIsTooMuchIsNamed() {
    var more = new HashSet<>(AccessList.AUDITOR);
    more.addAll(List.of("Sys.Modify", "Datastore.AllocateSpace"));
    cluster.simulator.access(
        cluster
            .simulator
            .access()
            .withGrant(Credentials.MONITOR_USER, "/", true, more)
            .withGrant(TOKEN, "/", true, more));
    try (var logged = new LoggedLines(ClusterScraper.class)) {
      assertThat(privileges(cluster.time.play(this::told)))
          .containsExactly(
              "proxmox_zfs_exporter_excess_privilege{privilege=\"Datastore.AllocateSpace\"} 1.0",
              "proxmox_zfs_exporter_excess_privilege{privilege=\"Sys.Modify\"} 1.0");
      assertThat(logged.lines())
          .filteredOn(line -> line.contains("credential"))
          .singleElement()
          .asString()
          .contains(
              "may do more than read",
              "Datastore.AllocateSpace, Sys.Modify",
              "mend pveum user token modify 'monitor@pve' 'exporter' --privsep 1");
    }
  }
}
