package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.sim.ScenarioNode.Behaviour;
import io.github.proxmoxzfs.sim.ScenarioNode.Status;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sends recorded requests to the simulator and compares what it answers with what the real server
/// answered.
class RecordedExchangesTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster-nosuch",
        "cluster-pve2-zfs",
        "cluster-pvedrop-zfs",
        "cluster-pvehang-zfs",
        "cluster-pveoff-zfs",
        "get-garbage-ticket",
        "get-no-ticket",
        "path-outside-api",
        "path-unknown",
        "permissions",
        "permissions-nopriv",
        "pool-nosuch",
        "poolname-a",
        "poolname-tank_colon_1",
        "scen-nopools-zfs-list",
        "smart-_dev_sdz",
        "smart-noparam",
        "token-nopriv-disks-list",
        "token-nopriv-status",
        "token-nopriv-zfs",
        "token-ok",
        "token-wrong-secret",
        "version"
      })
  void whatFollowsFromTheClusterIsAnsweredAsRecorded(String name) throws IOException {
    var exchange = RecordedExchange.load(name);
    try (var simulator = Simulator.start(cluster().build(), SimulatorOptions.forTests())) {
      simulator.access(
          AccessList.defaults()
              .withoutGrants(Credentials.NODEONLY_USER)
              .withGrant(Credentials.NODEONLY_USER, "/nodes/pve1", true, Set.of("Sys.Audit")));
      assertSame(send(simulator, exchange.request(), ""), exchange.response());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cluster-nodes, cluster-nodes",
    "cluster-nodes-nopriv, cluster-nodes",
    "cluster-replication, cluster-replication",
    "cluster-status, cluster-status",
    "disks-list-skipsmart, disks-list-skipsmart",
    "node-replication, node-replication",
    "node-storage, node-storage",
    "node-time, node-time",
    "resources-storage, resources-storage",
    "scen-failing-zfs-list, scen-failing-zfs-list",
    "scen-missing-zfs-list, scen-missing-zfs-list",
    "scen-oddnames-zfs-list, scen-oddnames-zfs-list",
    "storage, storage",
    "token-nopriv-replication, node-replication",
    "token-nopriv-storage, node-storage",
    "token-nopriv-zfs, scen-oddnames-zfs-list",
    "user-nodeonly-nodes_pve1_disks_zfs, scen-oddnames-zfs-list"
  })
  void recordingIsReplayedAsFarAsTheRightsGo(String name, String recording) throws IOException {
    var exchange = RecordedExchange.load(name);
    var recorded = RecordedExchange.load(recording);
    var status = recorded.response().statusLine().split(" ", 3);
    var scenario =
        cluster()
            .answer(
                recorded.path(),
                Answer.json(recorded.response().body())
                    .withStatus(Integer.parseInt(status[1]), status[2]))
            .build();
    try (var simulator = Simulator.start(scenario, SimulatorOptions.forTests())) {
      var request = withLiveTicket(simulator, exchange.request());
      assertSame(send(simulator, request, ""), exchange.response());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ticket-ok-form, username=monitor@pve&password=monitor-password",
    "ticket-tfa, username=tfa@pve&password=tfa-password",
    "ticket-wrong-password, username=monitor@pve&password=wrong",
    "ticket-wrong-password, username=nobody@pve&password=monitor-password",
    "ticket-wrong-password, username=monitor&password=monitor-password",
    "ticket-wrong-password, username=monitor@pve&password=",
    "ticket-no-password, username=monitor@pve",
    "token-post-ticket, username=monitor@pve&password=monitor-password"
  })
  void loginIsAnsweredAsRecorded(String name, String form) throws IOException {
    var exchange = RecordedExchange.load(name);
    try (var simulator = Simulator.start(cluster().build(), SimulatorOptions.forTests())) {
      var request =
          exchange.request().stream()
              .map(h -> h.startsWith("Content-Length") ? "Content-Length: " + form.length() : h)
              .toList();
      assertSame(send(simulator, request, form), exchange.response());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain-http"})
  void plainHttpIsRedirectedAsRecorded(String name) throws IOException {
    var exchange = RecordedExchange.load(name);
    try (var simulator = Simulator.start(cluster().build(), SimulatorOptions.forTests());
        var client = RawClient.connectPlain(simulator.endpoint())) {
      var response = client.exchange(exchange.request().toArray(String[]::new)).orElseThrow();
      assertSame(response, exchange.response());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"method-head"})
  void otherMethodIsRefusedAsRecorded(String name) throws IOException {
    var exchange = RecordedExchange.load(name);
    try (var simulator = Simulator.start(cluster().build(), SimulatorOptions.forTests())) {
      var response = send(simulator, exchange.request(), "");
      assertThat(response.statusLine()).isEqualTo(exchange.response().statusLine());
      assertThat(comparable(response.headers()))
          .isEqualTo(comparable(exchange.response().headers()));
      assertThat(response.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster-pve2-gone"})
  void refusingNodeIsAnsweredAsRecorded(String name) throws IOException {
    var exchange = RecordedExchange.load(name);
    var pve2 = new ScenarioNode("pve2", Status.ONLINE, VIENNA, Behaviour.REFUSED);
    var scenario = Scenario.builder("refusing").node("pve1", VIENNA).node(pve2).build();
    try (var simulator = Simulator.start(scenario, SimulatorOptions.forTests())) {
      assertSame(send(simulator, exchange.request(), ""), exchange.response());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pmxcfs-down-login"})
  void clusterFileSystemThatIsDownIsAnsweredAsRecorded(String name) throws IOException {
    var exchange = RecordedExchange.load(name);
    try (var simulator = Simulator.start(cluster().build(), SimulatorOptions.forTests())) {
      simulator.clusterFileSystemDown(true);
      var form = "username=monitor@pve&password=password";
      var request =
          exchange.request().stream()
              .map(h -> h.startsWith("Content-Length") ? "Content-Length: " + form.length() : h)
              .toList();
      assertSame(send(simulator, request, form), exchange.response());
    }
  }

  /// The cluster of the recordings.
  private static Scenario.Builder cluster() {
    return Scenario.builder("recorded")
        .node("pve1", VIENNA)
        .node("pve2", VIENNA)
        .node(new ScenarioNode("pveoff", Status.OFFLINE, VIENNA, Behaviour.REFUSED))
        .node(new ScenarioNode("pvedrop", Status.OFFLINE, VIENNA, Behaviour.DROPPED))
        .node(new ScenarioNode("pvehang", Status.ONLINE, VIENNA, Behaviour.SILENT));
  }

  private static RawResponse send(Simulator simulator, List<String> request, String body)
      throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client.exchangeWithBody(body, request.toArray(String[]::new)).orElseThrow();
    }
  }

  /// Puts a ticket that is valid here in place of the recorded one.
  private static List<String> withLiveTicket(Simulator simulator, List<String> request)
      throws IOException {
    var lines = new ArrayList<>(request);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("Cookie: PVEAuthCookie=PVE:")) {
        var user = lines.get(i).split(":", 4)[2];
        var form = "username=" + user + "&password=" + user.replace("@pve", "-password");
        var ticket = Logins.ticket(simulator, form);
        lines.set(i, "Cookie: PVEAuthCookie=" + ticket);
      }
    }
    return lines;
  }

  private static void assertSame(RawResponse response, RawResponse recorded) {
    assertThat(response.statusLine()).isEqualTo(recorded.statusLine());
    assertThat(comparable(response.headers())).isEqualTo(comparable(recorded.headers()));
    assertThat(comparable(response.body())).isEqualTo(comparable(recorded.body()));
  }

  private static List<String> comparable(List<String> headers) {
    return headers.stream().map(h -> h.replaceFirst("^(Date|Expires): .*", "$1")).sorted().toList();
  }

  /// Keys in order, and what is new each time left out (its length stands in Content-Length).
  private static String comparable(String body) {
    return body.startsWith("{") ? sorted(body) : body;
  }

  private static String sorted(String json) {
    return switch (json.charAt(0)) {
      case '{' -> {
        var members = new TreeMap<String, String>();
        JsonText.members(json).forEach((key, value) -> members.put(key, sorted(value)));
        for (String random : List.of("ticket", "CSRFPreventionToken", "ssl_fingerprint")) {
          members.replace(random, "\"…\"");
        }
        yield JsonText.object(members);
      }
      case '[' -> {
        var elements = JsonText.elements(json).stream().map(e -> sorted(e));
        // Nodes come in the order of a Perl hash, too.
        yield JsonText.array(
            (json.contains("ssl_fingerprint") ? elements.sorted() : elements).toList());
      }
      default -> json;
    };
  }
}
