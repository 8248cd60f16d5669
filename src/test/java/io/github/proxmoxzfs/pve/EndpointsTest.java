package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.LoggedLines;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.sim.Answer;
import io.github.proxmoxzfs.sim.ReceivedRequest;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final String POOLS = "/nodes/pve1/disks/zfs";
  private static final String TIME = "/nodes/pve1/time";

  private final Simulator first = SimulatedCluster.start();
  private final Simulator second = SimulatedCluster.start();
  private final ProxmoxClient client = clientOf(first.endpoint(), second.endpoint());

  @AfterEach
  void stop() {
    client.close();
    first.close();
    second.close();
  }

  /// Without those that only look whether it is there.
  private static List<String> asked(Simulator endpoint) {
    return endpoint.requests().stream()
        .map(ReceivedRequest::path)
        .filter(path -> !path.equals("/version"))
        .toList();
  }

  @Test
  void theFirstEndpointIsAskedAsLongAsItWorks() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    assertThat(asked(first)).hasSize(2);
    assertThat(asked(second)).isEmpty();
  }

  @Test
  void theNextEndpointIsAskedWithinTheCallWhenOneIsGoneAndFromThenOn() {
    first.close();
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    assertThat(asked(second)).hasSize(2);
  }

  @Test
  void anEndpointLostInTheMiddleIsLeft() {
    assertThat(client.nodes(soon()).failure()).isEmpty();
    first.close();
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    assertThat(asked(second)).hasSize(1);
  }

  @Test
  void anEndpointWithAnotherCertificateIsLeft() {
    var options = SimulatorOptions.forTests().withCertificate(ServerCertificate.EXPIRED);
    try (var expired = Simulator.start(SimulatedCluster.scenario(), options);
        var toExpired = clientOf(expired.endpoint(), second.endpoint())) {
      assertThat(toExpired.nodes(soon()).failure()).isEmpty();
      assertThat(expired.requests()).isEmpty();
    }
  }

  @Test
  void anEndpointThatNeverSpeaksTlsIsLeftInTime() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var toSilent =
            clientOf(URI.create("https://127.0.0.1:" + silent.getLocalPort()), second.endpoint())) {
      assertThat(toSilent.pools("pve1", Deadline.after(Duration.ofSeconds(3))).failure()).isEmpty();
    }
  }

  @Test
  void anEndpointThatDoesNotAnswerForItselfIsLeft() {
    first.answer("/nodes", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
    assertThat(client.nodes(Deadline.after(Duration.ofSeconds(9))).failure()).isEmpty();
    assertThat(client.pools("pve1", soon()).failure()).isEmpty();
    assertThat(first.requestCount(POOLS)).isZero();
  }

  @Test
  void anEndpointThatTookAllTheTimeForItselfIsLeftForTheNextCall() {
    first.answer("/nodes", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
    assertThat(client.nodes(Deadline.after(Duration.ofMillis(300))).failure())
        .contains(FailureReason.TIMED_OUT);
    assertThat(client.nodes(Deadline.after(Duration.ofSeconds(3))).failure()).isEmpty();
    assertThat(first.requestCount("/nodes")).isEqualTo(1);
  }

  @Test
  void theSlowRefusalOfACredentialIsSeen() {
    var slow = SimulatorOptions.forTests().withRefusalDelay(Duration.ofSeconds(3));
    try (var refusing = Simulator.start(SimulatedCluster.scenario(), slow);
        var byWrongToken =
            new ProxmoxClient(
                SimulatedCluster.connection(
                    new Credential.Token("monitor@pve!exporter", new Secret("wrong")),
                    refusing,
                    second),
                InstantSource.system())) {
      assertThat(byWrongToken.nodes(Deadline.after(Duration.ofSeconds(5))).failure())
          .contains(FailureReason.UNAUTHORIZED);
      assertThat(asked(second)).isEmpty();
    }
  }

  @Test
  void anEndpointThatLostItsConfigurationIsLeft() {
    first.answer("/nodes", Answer.empty(500, "RPCEnvironment init request failed"));
    assertThat(client.nodes(soon()).failure()).isEmpty();
    assertThat(second.requestCount("/nodes")).isEqualTo(1);
  }

  @Test
  void anotherNodesFaultsAreNotTheEndpoints() {
    for (int status : List.of(595, 596, 599, 500)) {
      first.answer(POOLS, Answer.empty(status, "Connection refused"));
      assertThat(client.pools("pve1", soon()).failure()).isPresent();
    }
    first.answer(TIME, Answer.json("{}").delivered(new Answer.Delivery.Silence()));
    assertThat(client.clock("pve1", Deadline.after(Duration.ofMillis(300))).failure())
        .contains(FailureReason.TIMED_OUT);
    assertThat(asked(second)).isEmpty();
  }

  @Test
  void whenNoneWorksEachIsNamed() {
    first.close();
    second.close();
    var failed = (Failed<?>) client.nodes(soon());
    assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
    assertThat(failed.detail())
        .contains(first.endpoint().getAuthority() + " could not be reached")
        .contains(second.endpoint().getAuthority() + " could not be reached");
  }

  @Test
  void theFirstEndpointThatWorksIsKeptWhenTheNextOneFails() {
    first.close();
    assertThat(client.nodes(soon()).failure()).isEmpty();
    second.answer("/nodes", Answer.json("{}").delivered(new Answer.Delivery.Reset()));
    assertThat(client.nodes(soon()).failure()).contains(FailureReason.UNREACHABLE);
    second.restore("/nodes");
    assertThat(client.nodes(soon()).failure()).isEmpty();
  }

  @Test
  void endpointsThatAllHangAreNotLoggedOnEachCall() {
    try (var log = new LoggedLines(ProxmoxClient.class)) {
      for (Simulator endpoint : List.of(first, second)) {
        endpoint.answer("/nodes", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
      }
      for (int call = 0; call < 5; call++) {
        assertThat(client.nodes(Deadline.after(Duration.ofMillis(200))).failure())
            .contains(FailureReason.TIMED_OUT);
      }
      assertThat(log.lines()).isEmpty();
      second.restore("/nodes");
      first.close();
      assertThat(client.nodes(soon()).failure()).isEmpty();
      assertThat(client.nodes(soon()).failure()).isEmpty();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith(
              "WARNING An endpoint does not work; the next one is asked from now on. cluster home"
                  + " from "
                  + first.endpoint().getAuthority()
                  + " to "
                  + second.endpoint().getAuthority()
                  + " error ");
    }
  }

  @Test
  void anEndpointThatWorksAgainBeforeAnotherOneDoesIsNotLogged() {
    try (var log = new LoggedLines(ProxmoxClient.class)) {
      for (Simulator endpoint : List.of(first, second)) {
        endpoint.answer("/nodes", Answer.json("{}").delivered(new Answer.Delivery.Silence()));
      }
      for (int call = 0; call < 2; call++) {
        assertThat(client.nodes(Deadline.after(Duration.ofMillis(200))).failure()).isPresent();
      }
      first.restore("/nodes");
      assertThat(client.nodes(soon()).failure()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void noEndpointIsLeftWhenNoTimeWasLeftToAsk() {
    var connection = SimulatedCluster.connection(SimulatedCluster.TOKEN, first, second);
    try (var transport = SimulatedCluster.transport(TlsContexts.of(connection), true)) {
      var endpoints =
          new Endpoints("home", connection.endpoints(), transport, new EndpointStates(true));
      var passed = Deadline.after(Duration.ZERO);
      assertThat(ask(endpoints, passed).failure()).contains(FailureReason.TIMED_OUT);
      assertThat(ask(endpoints, soon()).failure()).isEmpty();
      assertThat(first.requests()).hasSize(1);
      assertThat(asked(second)).isEmpty();
    }
  }

  private static Reading<?> ask(Endpoints endpoints, Deadline deadline) {
    return endpoints
        .ask(
            "/version",
            address -> HttpRequest.newBuilder(address).build(),
            Mask.NONE,
            Endpoints.Concern.ENDPOINT,
            deadline)
        .reading();
  }

  @Test
  void aLoginMovesOnToo() {
    first.answer("/access/ticket", Answer.empty(596, "Connection timed out"));
    try (var byPassword =
        new ProxmoxClient(
            SimulatedCluster.connection(SimulatedCluster.PASSWORD, first, second),
            InstantSource.system())) {
      second.answer("/access/ticket", Answer.json("{\"data\":{\"ticket\":\"PVE:monitor@pve:X\"}}"));
      second.answer("/nodes", Answer.json("{\"data\":[]}"));
      assertThat(byPassword.nodes(soon()).failure()).contains(FailureReason.UNAUTHORIZED);
      assertThat(first.requestCount("/access/ticket")).isEqualTo(1);
      assertThat(second.requestCount("/access/ticket")).isPositive();
    }
  }

  private static ProxmoxClient clientOf(URI... endpoints) {
    return new ProxmoxClient(
        SimulatedCluster.connection(
            SimulatedCluster.TOKEN,
            SimulatedCluster.authority(),
            Optional.empty(),
            List.of(endpoints)),
        InstantSource.system());
  }
}
