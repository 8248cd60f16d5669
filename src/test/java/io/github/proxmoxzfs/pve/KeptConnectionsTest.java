package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.Reading;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Proxmox closes idle connections, all at about the same time. A request that is sent on one at
/// that moment is lost, and so may the next ones be.
class KeptConnectionsTest {
  private static final String NODES =
      """
      {"data":[{"node":"pve1","status":"online","type":"node"}]}""";

  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
          + NODES.length()
          + "\r\n\r\n"
          + NODES;

  @Test
  void aRequestThatFindsThreeOfThemClosedIsNotLost() throws IOException {
    assertThat(askedAfter(3).failure()).isEmpty();
  }

  @Test
  void aServerThatClosesEachIsGivenUp() throws IOException {
    assertThat(askedAfter(4).failure()).contains(FailureReason.UNREACHABLE);
  }

  /// Asks once more than there are kept connections, each of which the server closes as it is asked
  /// again.
  private static Reading<List<NodeEntry>> askedAfter(int keptConnections) throws IOException {
    try (var server = TlsServer.closingWhenAskedAgain(ANSWER, keptConnections);
        var client = client(server);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = new ArrayList<CompletableFuture<Reading<List<NodeEntry>>>>();
      for (int i = 0; i < keptConnections; i++) {
        first.add(CompletableFuture.supplyAsync(() -> client.nodes(soon()), threads));
      }
      assertThat(first).allMatch(one -> one.join().failure().isEmpty());
      return client.nodes(soon());
    }
  }

  private static ProxmoxClient client(TlsServer server) {
    return new ProxmoxClient(
        SimulatedCluster.connection(
            SimulatedCluster.TOKEN,
            SimulatedCluster.authority(),
            Optional.empty(),
            List.of(URI.create("https://127.0.0.1:" + server.port()))),
        InstantSource.system());
  }
}
