package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.sim.Answer.Delivery;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Timeout(60)
class ConnectionFaultTest {
  private static final String POOLS = "/nodes/pve1/disks/zfs";

  private final ManualTime time = new ManualTime();
  private final Simulator simulator =
      Simulator.start(
          Scenario.builder("one").node("pve1", ZoneId.of("Etc/UTC")).build(),
          SimulatorOptions.forTests().withWaiting(time));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    simulator.close();
    threads.close();
  }

  private String status() throws IOException {
    try (var client = RawClient.connect(simulator)) {
      return client.get("/version").orElseThrow().statusLine();
    }
  }

  private ReceivedAnswer exchange() throws IOException, InterruptedException {
    return simulator.exchange(
        "GET",
        "/api2/json/version",
        Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
        "",
        Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @EnumSource(value = ConnectionFault.class, mode = Mode.EXCLUDE, names = "NONE")
  void portWorksAgainAfterwards(ConnectionFault fault) throws Exception {
    var port = simulator.endpoint().getPort();
    assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
    simulator.fault(fault);
    simulator.fault(ConnectionFault.REFUSED);
    simulator.fault(fault);
    simulator.fault(ConnectionFault.NONE);
    assertThat(simulator.endpoint().getPort()).isEqualTo(port);
    assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(exchange().status()).isEqualTo(200);
  }

  @Test
  void refusingPortIsClosedAndSoAreItsConnections() throws Exception {
    try (var open = RawClient.connect(simulator)) {
      assertThat(open.get("/version")).isPresent();
      simulator.fault(ConnectionFault.REFUSED);
      assertThatThrownBy(() -> open.get("/version").orElseThrow()).isNotNull();
    }
    assertThatThrownBy(this::status).isInstanceOf(ConnectException.class);
    assertThatThrownBy(this::exchange).isInstanceOf(ConnectException.class);
  }

  @Test
  void droppedPacketsNeverConnect() throws Exception {
    simulator.fault(ConnectionFault.DROPPED);
    try (var socket = new Socket()) {
      var address =
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), simulator.endpoint().getPort());
      assertThatThrownBy(() -> socket.connect(address, 300))
          .isInstanceOf(SocketTimeoutException.class);
    }
    var call = threads.submit(this::exchange);
    time.advance(1, Duration.ofSeconds(10));
    assertThatThrownBy(call::get).hasCauseInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "SILENT_AFTER_REQUEST"})
  void newConnectionsStaySilent(ConnectionFault fault) throws Exception {
    simulator.fault(fault);
    var call = threads.submit(this::status);
    time.untilWaiting(1);
    assertThat(call).isNotDone();
    assertThat(simulator.requestCount("/version"))
        .isEqualTo(fault == ConnectionFault.SILENT ? 0 : 1);
    simulator.fault(ConnectionFault.NONE);
    assertThatThrownBy(call::get).isNotNull();
    assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "SILENT_AFTER_REQUEST", "DROPPED"})
  void openConnectionsFallSilent(ConnectionFault fault) throws Exception {
    try (var open = RawClient.connect(simulator)) {
      assertThat(open.get("/version")).isPresent();
      simulator.fault(fault);
      var call = threads.submit(() -> open.get("/version"));
      time.untilWaiting(1);
      assertThat(call).isNotDone();
      simulator.fault(ConnectionFault.NONE);
      assertThat(call.get()).isEmpty();
    }
  }

  @Test
  void everythingIsReset() throws Exception {
    try (var open = RawClient.connect(simulator)) {
      assertThat(open.get("/version")).isPresent();
      simulator.fault(ConnectionFault.RESET);
      assertThatThrownBy(() -> open.get("/version")).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(this::status).isInstanceOf(SocketException.class);
    assertThatThrownBy(this::exchange)
        .isInstanceOf(SocketException.class)
        .hasMessage("Connection reset");
  }

  @Test
  void handshakeFailsWithAnAlert() {
    simulator.fault(ConnectionFault.HANDSHAKE_FAILURE);
    assertThatThrownBy(this::status)
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("handshake_failure");
    assertThatThrownBy(this::exchange)
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("handshake_failure");
  }

  @Test
  void somethingElseThanTlsAnswers() throws IOException {
    simulator.fault(ConnectionFault.GARBAGE);
    assertThatThrownBy(this::status).isInstanceOf(SSLException.class);
    assertThatThrownBy(this::exchange).isInstanceOf(SSLException.class);
    try (var client = RawClient.connectPlain(simulator.endpoint())) {
      client.socket().getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(client.socket().getInputStream().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .startsWith("220 ");
    }
  }

  @Test
  void faultBeginsAfterTheAnswerToAPath() throws IOException {
    simulator.faultAfter("/version", ConnectionFault.REFUSED);
    try (var client = RawClient.connect(simulator)) {
      assertThat(client.get(POOLS)).isPresent();
      assertThat(client.get("/version").orElseThrow().statusLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThatThrownBy(() -> client.get(POOLS).orElseThrow()).isNotNull();
    }
    assertThatThrownBy(this::status).isInstanceOf(ConnectException.class);
    simulator.fault(ConnectionFault.NONE);
    assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void nextRequestThroughTheInMemoryDoorMeetsTheFault() throws Exception {
    simulator.faultAfter("/version", ConnectionFault.REFUSED);
    assertThat(exchange().status()).isEqualTo(200);
    assertThatThrownBy(this::exchange).isInstanceOf(ConnectException.class);
  }

  @Test
  void changedCertificateIsShownAtOnce() throws IOException {
    try (var open = RawClient.connect(simulator)) {
      assertThat(open.get("/version")).isPresent();
      simulator.certificate(ServerCertificate.OTHER_AUTHORITY);
      assertThatThrownBy(() -> open.get("/version").orElseThrow()).isNotNull();
    }
    assertThatThrownBy(this::status).isInstanceOf(SSLHandshakeException.class);
    simulator.certificate(ServerCertificate.PROXMOX);
    assertThat(status()).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void bodyIsBrokenOffWithAReset() throws IOException {
    simulator.answer(POOLS, Answer.json("{\"data\":[]}").delivered(new Delivery.ResetInBody(4)));
    try (var client = RawClient.connect(simulator)) {
      assertThatThrownBy(() -> client.get(POOLS)).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(
            () ->
                simulator.exchange(
                    "GET",
                    "/api2/json" + POOLS,
                    Map.of("Authorization", "PVEAPIToken=" + Credentials.MONITOR_TOKEN),
                    "",
                    Duration.ofSeconds(10)))
        .isInstanceOf(SocketException.class);
  }

  @Test
  void headersDrip() throws Exception {
    simulator.answer(
        POOLS,
        Answer.json("{\"data\":[]}").delivered(new Delivery.SlowHead(200, Duration.ofSeconds(1))));
    try (var client = RawClient.connect(simulator)) {
      var call = threads.submit(() -> client.get(POOLS).orElseThrow());
      time.advance(1, Duration.ofSeconds(1));
      time.advance(1, Duration.ofSeconds(1));
      assertThat(call.get().body()).isEqualTo("{\"data\":[]}");
    }
  }

  @Test
  void silenceOfTheInMemoryDoorEndsWithTheFault() throws Exception {
    simulator.fault(ConnectionFault.SILENT_AFTER_REQUEST);
    var call = threads.submit(this::exchange);
    time.untilWaiting(1);
    simulator.fault(ConnectionFault.NONE);
    assertThatThrownBy(call::get).hasCauseInstanceOf(EOFException.class);
  }
}
