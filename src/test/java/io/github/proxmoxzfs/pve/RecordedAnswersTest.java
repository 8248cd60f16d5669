package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeEntry.Status;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Recorded answers of the real API server, byte for byte over TLS.
class RecordedAnswersTest {
  private static final PoolListing NO_SPACE =
      new PoolListing("faulty", PoolHealth.FAULTED, Optional.empty(), false);

  @Test
  void theNodesOfACluster() throws IOException {
    assertThat(replay("cluster-nodes", client -> client.nodes(soon())).asOptional())
        .contains(
            List.of(
                new NodeEntry("pve1", Status.ONLINE),
                new NodeEntry("pve2", Status.ONLINE),
                new NodeEntry("pvedrop", Status.OFFLINE),
                new NodeEntry("pvehang", Status.ONLINE),
                new NodeEntry("pveoff", Status.OFFLINE)));
  }

  @Test
  void theNodesThatACredentialWithoutPrivilegesSees() throws IOException {
    assertThat(replay("token-nopriv-nodes", client -> client.nodes(soon())).asOptional())
        .contains(List.of(new NodeEntry("pve1", Status.ONLINE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster-pve2-zfs", "scen-nopools-zfs-list"})
  void aNodeWithoutPools(String recording) throws IOException {
    assertThat(replay(recording, client -> client.pools("pve2", soon())).asOptional())
        .contains(List.of());
  }

  @Test
  void poolsWithOddNames() throws IOException {
    assertThat(
            replay("scen-oddnames-zfs-list", client -> client.pools("pve1", soon())).asOptional())
        .contains(
            List.of(
                new PoolListing("my", PoolHealth.UNKNOWN, Optional.empty(), true),
                new PoolListing(
                    "tank:1",
                    PoolHealth.ONLINE,
                    Optional.of(
                        new PoolListing.Space(
                            7_988_639_170_560L,
                            5_120_000_000_000L,
                            2_868_639_170_560L,
                            OptionalDouble.of(0),
                            OptionalDouble.empty())),
                    false),
                NO_SPACE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster-nosuch | API_ERROR | Proxmox answered 500: hostname lookup 'nosuch' failed - failed to get address info for: nosuch: Name or service not known.",
        "cluster-pve2-daemon-down | NODE_UNREACHABLE | The endpoint could not reach the node: no connection (595).",
        "cluster-pve2-gone | NODE_UNREACHABLE | The endpoint could not reach the node: no connection (595).",
        "cluster-pveoff-zfs | NODE_UNREACHABLE | The endpoint could not reach the node: no connection (595).",
        "cluster-pvedrop-zfs | NODE_UNREACHABLE | The endpoint could not reach the node: no connection (595).",
        "cluster-pvehang-zfs | NODE_UNREACHABLE | The endpoint could not reach the node: no answer, or its certificate was refused (596).",
        "scen-failing-zfs-list | API_ERROR | Proxmox answered 500: command '/sbin/zpool list -HpPLo name,size,alloc,free,frag,dedup,health' failed: exit code 1.",
        "scen-missing-zfs-list | ZFS_NOT_INSTALLED | The node has no zpool program.",
        "token-nopriv-zfs | FORBIDDEN | Permission check failed (/, Sys.Audit): give the user, and the token if it has privilege separation, the role PVEAuditor on /.",
        "token-wrong-secret | UNAUTHORIZED | Proxmox refused the API token: its id or secret is wrong, or it or its user is expired or disabled.",
        "get-no-ticket | UNAUTHORIZED | Proxmox refused the API token: its id or secret is wrong, or it or its user is expired or disabled.",
        "plain-http | API_ERROR | The endpoint answered with a redirect (301), which is never followed.",
        "path-unknown | API_ERROR | Proxmox answered 501: Method 'GET /nosuch' not implemented.",
        "path-outside-api | API_ERROR | Proxmox answered 500 without a message.",
        "pmxcfs-down-login | API_ERROR | Proxmox answered 500 without a message.",
      })
  void failuresOfTheListOfPools(String recording, FailureReason reason, String detail)
      throws IOException {
    assertThat(replay(recording, client -> client.pools("pve1", soon())))
        .isEqualTo(new Failed<>(reason, detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool-nosuch | API_ERROR | Proxmox answered 500: command '/sbin/zpool status -P nosuchpool' failed: exit code 1.",
        "poolname-a | UNSUPPORTED_NAME | The Proxmox API accepts no path with the pool name \"some-pool\".",
        "poolname-tank_colon_1 | UNSUPPORTED_NAME | The Proxmox API accepts no path with the pool name \"some-pool\".",
      })
  void failuresOfAPool(String recording, FailureReason reason, String detail) throws IOException {
    assertThat(replay(recording, client -> client.pool("pve1", "some-pool").ask(soon())))
        .isEqualTo(new Failed<>(reason, detail));
  }

  @Test
  void aZoneThatTheLocalTimeContradicts() throws IOException {
    assertThat(replay("node-time", client -> client.clock("pve1", soon())))
        .isEqualTo(
            new Failed<>(
                FailureReason.ZONE_UNKNOWN,
                "The node names the zone Europe/Vienna, which is at +01:00, but its local time is"
                    + " 0 s ahead of UTC."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ticket-wrong-password | UNAUTHORIZED | The login of monitor@pve was refused: Proxmox refused the credential: authentication failure.",
        "ticket-no-password | UNAUTHORIZED | The login of monitor@pve was refused: Proxmox answered 400: Parameter verification failed. (password: property is missing and it is not optional).",
        "token-post-ticket | UNAUTHORIZED | The login of monitor@pve was refused: Permission check failed (URI '/access/ticket' not available with API token, need proper ticket. )",
        "ticket-tfa | UNAUTHORIZED | The user monitor@pve has a second factor, which cannot be given here. Create an API token for this user: tokens need no second factor.",
        "pmxcfs-down-login | API_ERROR | Logging in: Proxmox answered 500 without a message.",
      })
  void failuresOfALogin(String recording, FailureReason reason, String detail) throws IOException {
    try (var server = TlsServer.answering(RecordedExchange.named(recording).wire());
        var client =
            clientOf(server, new Credential.Password("monitor@pve", new Secret("5ec2e7")))) {
      assertThat(client.nodes(soon())).isEqualTo(new Failed<>(reason, detail));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ticket-ok-form", "renew-ticket-age-7100"})
  void aTicketIsRead(String recording) throws IOException {
    try (var server = TlsServer.answering(RecordedExchange.named(recording).wire());
        var client = clientOf(server, SimulatedCluster.PASSWORD)) {
      // The server says the same to whatever is asked: the login succeeds, and the list of nodes
      // is no list.
      var failed = (Failed<?>) client.nodes(soon());
      assertThat(failed.reason()).isEqualTo(FailureReason.MALFORMED);
      assertThat(failed.detail())
          .isEqualTo(
              "The answer to /nodes cannot be used: its data is an object, not a list of nodes.");
    }
  }

  private static <T> Reading<T> replay(
      String recording, Function<ProxmoxClient, Reading<T>> question) throws IOException {
    try (var server = TlsServer.answering(RecordedExchange.named(recording).wire());
        var client = clientOf(server, SimulatedCluster.TOKEN)) {
      return question.apply(client);
    }
  }

  private static ProxmoxClient clientOf(TlsServer server, Credential credential) {
    return new ProxmoxClient(
        SimulatedCluster.connection(
            credential,
            SimulatedCluster.authority(),
            Optional.empty(),
            List.of(URI.create("https://127.0.0.1:" + server.port()))),
        InstantSource.system());
  }
}
