package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {
  private final Simulator simulator =
      Simulator.start(
          Scenario.builder("one").node("pve1", ZoneId.of("Etc/UTC")).build(),
          SimulatorOptions.forTests());
  private final SSLContext context = RawClient.trusting(Simulator.certificateAuthorityPem());

  @AfterEach
  void close() {
    simulator.close();
  }

  private RawClient connect(String protocol) throws IOException {
    var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket("127.0.0.1", simulator.endpoint().getPort());
    socket.setEnabledProtocols(new String[] {protocol});
    return new RawClient(socket);
  }

  private void askOnce(String protocol) throws IOException {
    try (var client = connect(protocol)) {
      assertThat(client.get("/version")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void fullAndResumedHandshakesAreCounted(String protocol) throws IOException {
    for (int i = 0; i < 4; i++) {
      askOnce(protocol);
    }
    var traffic = simulator.traffic();
    assertThat(traffic.fullHandshakes()).isEqualTo(1);
    assertThat(traffic.resumedHandshakes()).isEqualTo(3);
    assertThat(traffic.connectionsOpened()).isEqualTo(4);
    simulator.certificate(ServerCertificate.PROXMOX);
    askOnce(protocol);
    assertThat(simulator.traffic().fullHandshakes()).isEqualTo(2);
    assertThat(simulator.traffic().failedHandshakes()).isZero();
  }

  @Test
  void refusedCertificateIsAFailedHandshake() throws Exception {
    simulator.certificate(ServerCertificate.OTHER_AUTHORITY);
    assertThatThrownBy(() -> askOnce("TLSv1.3")).isInstanceOf(SSLHandshakeException.class);
    untilClosed();
    assertThat(simulator.traffic().failedHandshakes()).isEqualTo(1);
    assertThat(simulator.traffic().fullHandshakes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void idleConnectionsAreClosedWithAGoodbyeAndTheirSessionsGoOn(String protocol) throws Exception {
    try (var idle = connect(protocol);
        var other = connect(protocol)) {
      assertThat(idle.get("/version")).isPresent();
      assertThat(other.get("/version")).isPresent();
      while (simulator.traffic().connectionsOpen() > 0) {
        simulator.closeIdleConnections();
        Thread.onSpinWait();
      }
      assertThat(idle.isEnded()).isTrue(); // Without close_notify it would be an exception.
      assertThat(other.isEnded()).isTrue();
    }
    var before = simulator.traffic();
    askOnce(protocol);
    assertThat(simulator.traffic().resumedHandshakes()).isEqualTo(before.resumedHandshakes() + 1);
  }

  @Test
  void loginsAreCountedThroughBothDoors() throws Exception {
    var form = "username=" + Credentials.MONITOR_USER + "&password=" + Credentials.MONITOR_PASSWORD;
    assertThat(Logins.ticket(simulator, form)).startsWith("PVE:");
    var patience = Duration.ofSeconds(10);
    var path = "/api2/json/access/ticket";
    assertThat(simulator.exchange("POST", path, Map.of(), form, patience).status()).isEqualTo(200);
    assertThat(simulator.exchange("POST", path, Map.of(), "", patience).status()).isEqualTo(400);
    assertThat(simulator.traffic().logins()).isEqualTo(3);
    assertThat(simulator.traffic().connectionsOpened()).isEqualTo(1);
  }

  /// Connections end in their own threads.
  private void untilClosed() {
    while (simulator.traffic().connectionsOpen() > 0) {
      Thread.onSpinWait();
    }
  }
}
