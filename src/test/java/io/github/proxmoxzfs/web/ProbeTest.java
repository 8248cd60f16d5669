package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeTest {
  /// What a request made of the cluster.
  private record Asked(Scope scope, Set<Collector> collectors) {}

  private static final Set<Collector> ON =
      EnumSet.of(Collector.COMPAT, Collector.POOL, Collector.VDEV);

  private final AtomicReference<Asked> asked = new AtomicReference<>();
  private final AtomicReference<Reading<List<NodeSnapshot>>> nodes =
      new AtomicReference<>(
          new Reading.Ok<>(List.of(node("pve1", true), node("pve2", false)), Instant.EPOCH));
  private final HttpClient client = HttpClient.newHttpClient();
  private MetricsServer server = start(target("home"), target("office"));

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private static NodeSnapshot node(String name, boolean online) {
    return new NodeSnapshot(
        name,
        online,
        online ? new Reading.Ok<>(List.of(), Instant.EPOCH) : new Reading.Skipped<>(),
        new Reading.Skipped<>(),
        Map.of());
  }

  private Target target(String name) {
    return new Target(
        name,
        Duration.ofMinutes(1),
        new NodeFilter(List.of("*"), List.of("test-*")),
        ON,
        (scope, collectors, _) -> {
          asked.set(new Asked(scope, collectors));
          return new ClusterSnapshot(Instant.EPOCH, nodes.get(), Duration.ZERO);
        },
        () -> ApiActivity.NONE);
  }

  private static MetricsServer start(Target... targets) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return MetricsServer.start(
          new ServerSettings(List.of(address), "/metrics", "1", Instant.EPOCH, Limits.DEFAULT),
          List.of(targets));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void restart(Target... targets) {
    server.close();
    server = start(targets);
  }

  private HttpResponse<String> get(String pathAndQuery) {
    int port = server.addresses().getFirst().getPort();
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + pathAndQuery)).build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private static List<String> series(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body().lines().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void aPartIsAskedForAndTheCollectorsThatAreWanted() {
    get("/probe?target=home");
    assertThat(asked).hasValue(new Asked(new Scope.WholeCluster(), ON));
    get("/probe?target=home&node=pve1");
    assertThat(asked).hasValue(new Asked(new Scope.OneNode("pve1"), ON));
    get("/probe?target=home&scope=cluster&collect[]=vdev&collect%5B%5D=pool&collect[]=pool");
    assertThat(asked)
        .hasValue(new Asked(new Scope.ClusterItself(), EnumSet.of(Collector.VDEV, Collector.POOL)));
    restart(target("home"));
    get("/metrics?collect[]=vdev");
    assertThat(asked).hasValue(new Asked(new Scope.WholeCluster(), EnumSet.of(Collector.VDEV)));
  }

  @Test
  void aPartHasItsOwnSeriesOnly() {
    assertThat(series(get("/probe?target=home&node=pve1")))
        .isNotEmpty()
        .allMatch(line -> line.contains("node=\"pve1\""));
    assertThat(series(get("/probe?target=home&scope=cluster")))
        .contains("proxmox_zfs_exporter_cluster_up 1.0")
        .noneMatch(line -> line.matches(".*node=\"[^\"]+\".*"));
  }

  @Test
  void theProbeOfADeadNodeSaysSo() {
    assertThat(series(get("/probe?target=home&node=pve2")))
        .containsExactlyInAnyOrder(
            "proxmox_zfs_exporter_node_online{node=\"pve2\"} 0.0",
            "proxmox_zfs_exporter_node_up{node=\"pve2\"} 0.0",
            failure("pve2", "node_offline"));
    assertThat(series(get("/probe?target=home&node=pve9")))
        .containsExactlyInAnyOrder(
            "proxmox_zfs_exporter_node_up{node=\"pve9\"} 0.0", failure("pve9", "node_not_listed"));
  }

  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT, true",
    "UNREACHABLE, true",
    "TLS, true",
    "FORBIDDEN, false",
    "UNAUTHORIZED, false",
    "API_ERROR, false",
    "MALFORMED, false",
    "NOT_ASKED, false"
  })
  void theProbeOfANodeOfAClusterThatCannotBeAskedSaysWhy(FailureReason reason, boolean down) {
    nodes.set(new Reading.Failed<>(reason, "detail"));
    List<String> expected =
        down
            ? List.of(
                "proxmox_zfs_exporter_node_up{node=\"pve1\"} 0.0", failure("pve1", reason.label()))
            : List.of(failure("pve1", reason.label()));
    assertThat(series(get("/probe?target=home&node=pve1")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String failure(String node, String reason) {
    return "proxmox_zfs_exporter_failure{collector=\"nodes\",node=\"%s\",reason=\"%s\"} 1.0"
        .formatted(node, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /probe                                  | Give the name of a configured cluster: target=NAME. Configured are: home, office.
          /probe?node=pve1                        | Give the name of a configured cluster: target=NAME. Configured are: home, office.
          /probe?target=                          | The target "" is not a configured cluster. Configured are: home, office.
          /probe?target=HOME                      | The target "HOME" is not a configured cluster. Configured are: home, office.
          /probe?target=pve1:8006                 | The target "pve1:8006" is not a configured cluster. Configured are: home, office.
          /probe?target=https%3A%2F%2Fpve1        | The target "https://pve1" is not a configured cluster. Configured are: home, office.
          /probe?target=home&target=office        | Give target only once.
          /probe?target=home&target=home          | Give target only once.
          /probe?target=home&node=pve1&node=pve1  | Give node only once.
          /probe?target=home&scope=cluster&scope=cluster | Give scope only once.
          /probe?target=home&nodes=pve1           | /probe has no parameter "nodes". It has: target, node, scope, collect[].
          /probe?target=home&Node=pve1            | /probe has no parameter "Node". It has: target, node, scope, collect[].
          /probe?target=home&collect=pool         | /probe has no parameter "collect". It has: target, node, scope, collect[].
          /probe?target=home&module=zfs           | /probe has no parameter "module". It has: target, node, scope, collect[].
          /probe?target=home&                     | /probe has no parameter "". It has: target, node, scope, collect[].
          /probe?target=home&node=pve1&scope=cluster | Give node or scope, not both: scope=cluster is what belongs to no node.
          /probe?target=home&scope=node           | There is no scope "node". There is: cluster.
          /probe?target=home&scope=               | There is no scope "". There is: cluster.
          /probe?target=home&node=                | A node cannot be called "": a name is of letters, digits and '-'.
          /probe?target=home&node=pve1%0A         | A node cannot be called "pve1\\u000a": a name is of letters, digits and '-'.
          /probe?target=home&node=..%2F..         | A node cannot be called "../..": a name is of letters, digits and '-'.
          /probe?target=home&node=-pve1           | A node cannot be called "-pve1": a name is of letters, digits and '-'.
          /probe?target=home&node=%3Cb%3E%22%C3%BC%1B | A node cannot be called "\\u003cb\\u003e\\u0022\\u00fc\\u001b": a name is of letters, digits and '-'.
          /probe?target=home&node=test-1          | The configuration leaves out the node "test-1".
          /probe?target=home&collect[]=pools      | There is no collector "pools". On are: compat, pool, vdev.
          /probe?target=home&collect[]=           | There is no collector "". On are: compat, pool, vdev.
          /probe?target=home&collect[]=pool&collect[]=scan | The collector "scan" is switched off. On are: compat, pool, vdev.
          /metrics?collect[]=pool                 | /metrics takes no parameters: it tells of the exporter alone, since several clusters are configured. Each cluster's metrics are at /probe?target=NAME.
          """)
  void aBadParameterIsRefusedWithAClearText(String path, String text) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).isEqualTo(text + "\n");
    assertThat(asked).hasValue(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /metrics?node=pve1       | /metrics has no parameter "node". It has: collect[].
          /metrics?target=home     | /metrics has no parameter "target". It has: collect[].
          /metrics?collect[]=scan  | The collector "scan" is switched off. On are: compat, pool, vdev.
          """)
  void theMetricsOfTheOnlyClusterTakeCollectorsOnly(String path, String text) {
    restart(target("home"));
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo(text + "\n");
  }

  @Test
  void whatIsEchoedIsShort() {
    assertThat(get("/probe?target=" + "x".repeat(5000)).body())
        .contains("\"" + "x".repeat(64) + "...\"")
        .hasSizeLessThan(300);
    restart(IntStream.range(100, 400).mapToObj(i -> target("cluster-" + i)).toArray(Target[]::new));
    assertThat(get("/probe?target=none").body())
        .contains("cluster-100, cluster-101,")
        .endsWith("cluster-119 and 280 more.\n");
  }

  @Test
  void theProcesssOwnMetricsStandOnMetricsOnlyAndAreThereFromTheStart() {
    assertThat(get("/probe?target=home").body())
        .contains("proxmox_zfs_exporter_cluster_up")
        .doesNotContain("process_")
        .doesNotContain("jvm_")
        .doesNotContain("_build_info")
        .doesNotContain("_total")
        .doesNotContain("config_last_reload");
    assertThat(series(get("/metrics")))
        .contains(
            "proxmox_zfs_exporter_dropped_duplicates_total{target=\"home\"} 0.0",
            "proxmox_zfs_exporter_dropped_duplicates_total{target=\"office\"} 0.0",
            "proxmox_zfs_exporter_unknown_text_total{target=\"office\"} 0.0",
            "proxmox_zfs_exporter_config_last_reload_successful 1.0",
            "proxmox_zfs_exporter_config_last_reload_success_timestamp_seconds 0.0")
        .noneMatch(line -> line.startsWith("proxmox_zfs_exporter_cluster_up"));
  }

  @Test
  void seriesThatWereDroppedAreCounted() {
    nodes.set(new Reading.Ok<>(List.of(node("pve1", true), node("pve1", true)), Instant.EPOCH));
    assertThat(get("/probe?target=home").body()).doesNotContain("node_online{");
    assertThat(get("/probe?target=home&node=pve1").body()).doesNotContain("node_online{");
    assertThat(series(get("/metrics")))
        .contains(
            "proxmox_zfs_exporter_dropped_duplicates_total{target=\"office\"} 0.0",
            // node_online, node_up, node_stuck_requests and the success of the list, in two
            // answers.
            "proxmox_zfs_exporter_dropped_duplicates_total{target=\"home\"} 8.0");
  }

  @Test
  void thePageAtTheRootHasALinkForEachThatWorks() {
    String page = get("/").body();
    var links =
        Pattern.compile("href=\"([^\"]*)\"")
            .matcher(page)
            .results()
            .map(link -> link.group(1).replace("&amp;", "&"))
            .filter(link -> !link.equals("data:,"))
            .toList();
    assertThat(links)
        .containsExactly(
            "./?target=home",
            "./?target=office",
            "./metrics",
            "./probe?target=home",
            "./probe?target=home&scope=cluster",
            "./probe?target=office",
            "./probe?target=office&scope=cluster")
        .allSatisfy(link -> assertThat(get(link.substring(1)).statusCode()).isEqualTo(200));
  }
}
