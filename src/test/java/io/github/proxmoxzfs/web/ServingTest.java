package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Service discovery, the lifecycle endpoints, and both behind a prefix.
class ServingTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> told = new ArrayList<>();
  private List<String> mistakes = List.of();
  private MetricsServer server = start(Paths.PLAIN, true);

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private final class Cluster implements Target.Source {
    private final SortedSet<String> nodes;

    Cluster(String... nodes) {
      this.nodes = new TreeSet<>(List.of(nodes));
    }

    @Override
    public ClusterSnapshot collect(Scope scope, Set<Collector> collectors, Deadline deadline) {
      return new ClusterSnapshot(
          Instant.EPOCH, new Reading.Ok<>(List.of(), Instant.EPOCH), Duration.ZERO);
    }

    @Override
    public SortedSet<String> nodes(Deadline deadline) {
      return nodes;
    }

    @Override
    public boolean forget(String node, String pool) {
      told.add("forget " + node + " " + pool);
      return nodes.contains(node);
    }
  }

  private static Target target(String name, Cluster cluster) {
    return new Target(
        name, Duration.ofMinutes(1), NodeFilter.ALL, Set.of(), cluster, () -> ApiActivity.NONE);
  }

  private MetricsServer start(Paths paths, boolean lifecycle) {
    var fixed =
        Configured.Source.of(
            List.of(
                target("home", new Cluster("pve1", "pve2", "\"hostile\"<")),
                target("office.b", new Cluster())),
            Instant.EPOCH);
    var source =
        new Configured.Source() {
          @Override
          public Configured borrow() {
            return fixed.borrow();
          }

          @Override
          public List<String> reload() {
            told.add("reload");
            return mistakes;
          }
        };
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      return MetricsServer.start(
          new ServerSettings(List.of(address), "/metrics", "1", Instant.EPOCH, Limits.DEFAULT)
              .withPaths(paths)
              .withLifecycle(lifecycle),
          source);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void restart(Paths paths, boolean lifecycle) {
    server.close();
    server = start(paths, lifecycle);
  }

  private int port() {
    return server.addresses().getFirst().getPort();
  }

  private HttpResponse<String> send(String method, String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void eachClusterIsATarget() {
    HttpResponse<String> response = send("GET", "/sd");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .isEqualTo(
            """
            [{"targets":["localhost:PORT"],"labels":{"__scheme__":"http","__metrics_path__":"/probe","__param_target":"home","__meta_proxmox_cluster":"home","cluster":"home","instance":"home"}},
            {"targets":["localhost:PORT"],"labels":{"__scheme__":"http","__metrics_path__":"/probe","__param_target":"office.b","__meta_proxmox_cluster":"office.b","cluster":"office.b","instance":"office.b"}}]
            """
                .replace("PORT", Integer.toString(port())));
  }

  @Test
  void eachNodeIsATargetAndEachClusterForTheRest() {
    List<String> told =
        send("GET", "/sd?per=node")
            .body()
            .lines()
            .map(line -> line.replaceAll(".*\"__metrics_path__\":\"/probe\",|}}.*", ""))
            .toList();
    assertThat(told)
        .containsExactlyInAnyOrder(
            labels("home", "\"instance\":\"home\",\"__param_scope\":\"cluster\""),
            labels("home", node("pve1", "home")),
            labels("home", node("pve2", "home")),
            labels("office.b", "\"instance\":\"office.b\",\"__param_scope\":\"cluster\""));
  }

  private static String labels(String cluster, String rest) {
    return "\"__param_target\":\"%1$s\",\"__meta_proxmox_cluster\":\"%1$s\",\"cluster\":\"%1$s\",%2$s"
        .formatted(cluster, rest);
  }

  private static String node(String node, String cluster) {
    return "\"__param_node\":\"%1$s\",\"__meta_proxmox_node\":\"%1$s\",\"instance\":\"%1$s.%2$s\""
        .formatted(node, cluster);
  }

  @ParameterizedTest
  @CsvSource({"/sd?per=pool", "/sd?per=node&per=node", "/sd?pre=node", "/sd?per="})
  void aMistypedListIsRefused(String path) {
    assertThat(send("GET", path).statusCode()).isEqualTo(400);
  }

  @Test
  void discoveryNamesWhereClientsReachUs() {
    restart(new Paths("", Optional.of(URI.create("https://example.org/zfs"))), false);
    assertThat(send("GET", "/sd").body())
        .contains("\"example.org:443\"")
        .contains("\"__scheme__\":\"https\",\"__metrics_path__\":\"/zfs/probe\"");
    restart(new Paths("/inner", Optional.of(URI.create("http://example.org:81"))), false);
    assertThat(send("GET", "/inner/sd").body())
        .contains("\"example.org:81\"")
        .contains("\"__metrics_path__\":\"/probe\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/zfs/,          200",
    "/zfs/metrics,   400", // several clusters and a parameter
    "/zfs/-/healthy, 200",
    "/zfs/sd,        200",
    "/zfs/probe,     400",
    "/zfs,           302",
    "/,              302",
    "/metrics,       404",
    "/-/healthy,     404",
  })
  void allPathsHaveThePrefix(String path, int status) {
    restart(new Paths("/zfs", Optional.empty()), false);
    String query = path.equals("/zfs/metrics") ? "?x=1" : "";
    HttpResponse<String> response = send("GET", path + query);
    assertThat(response.statusCode()).isEqualTo(status);
    if (status == 302) {
      assertThat(response.headers().firstValue("Location")).hasValue("/zfs/");
    }
  }

  @Test
  void theLifecycleIsOffUnlessItIsEnabled() {
    restart(Paths.PLAIN, false);
    for (String path : List.of("/-/reload", "/-/forget?target=home&node=pve1&pool=tank")) {
      for (String method : List.of("POST", "PUT")) {
        HttpResponse<String> response = send(method, path);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).startsWith("Lifecycle API is not enabled");
      }
      assertThat(send("GET", path).statusCode()).isEqualTo(405);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aReloadSaysAllThatIsWrong() {
    assertThat(send("GET", "/-/reload").headers().firstValue("Allow")).hasValue("POST, PUT");
    assertThat(send("POST", "/-/reload").statusCode()).isEqualTo(200);
    mistakes = List.of("config.yml:1: a", "config.yml:2: b");
    HttpResponse<String> response = send("PUT", "/-/reload");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).endsWith(":\nconfig.yml:1: a\nconfig.yml:2: b\n");
    assertThat(told).containsExactly("reload", "reload");
  }

  @ParameterizedTest
  @CsvSource({
    "/-/forget?target=home&node=pve1&pool=tank, 200",
    "/-/forget?target=home&node=pve7&pool=tank, 404",
    "/-/forget?target=other&node=pve1&pool=tank, 400",
    "/-/forget?target=home&node=pve1, 400",
    "/-/forget?target=home&pool=tank, 400",
    "/-/forget?target=home&node=pve1&pool=tank&all=1, 400",
    "/-/forget, 400",
  })
  void aPoolIsForgottenByItsNames(String path, int status) {
    assertThat(send("POST", path).statusCode()).isEqualTo(status);
    assertThat(told).hasSize(status == 400 ? 0 : 1);
  }

  @Test
  void noOtherSitesPageMayAsk() {
    assertThat(send("POST", "/-/reload", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(send("POST", "/-/reload", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(200);
    assertThat(told).hasSize(1);
  }

  /// Over plain HTTP, but to the machine itself, browsers send no `Sec-Fetch-Site`.
  @ParameterizedTest
  @ValueSource(strings = {"http://other.example", "null"})
  void noOtherSitesPageMayAskOverPlainHttp(String origin) {
    assertThat(send("POST", "/-/reload", "Origin", origin).statusCode()).isEqualTo(403);
    assertThat(
            send("POST", "/-/forget?target=home&node=pve1&pool=tank", "Origin", origin)
                .statusCode())
        .isEqualTo(403);
    assertThat(told).isEmpty();
  }
}
