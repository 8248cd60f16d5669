package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an operator is told of the commonest faults.
class MessagesTest {
  private static final Locale LOCALE = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(LOCALE);
  }

  @Test
  void aRefusedConnectionSaysWhatToLookAt() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(detail(ask("https://127.0.0.1:" + port, SimulatedCluster.authority())))
        .isEqualTo(
            "127.0.0.1:%s could not be reached: the connection was refused; does pveproxy run there, and is the port right?"
                .formatted(port));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          Permission check failed (/, Sys.Audit)                  ; the role PVEAuditor on /.
          Permission check failed (/nodes/pve1, Sys.Audit)        ; the role PVEAuditor on /nodes/pve1.
          Permission check failed (/, Sys.Audit|Datastore.Audit)  ; the role PVEAuditor on /.
          Permission check failed                                 ; the role PVEAuditor on /.
          Permission check failed (/storage/x, Datastore.Allocate) ; a role with the privilege Datastore.Allocate on /storage/x.
          """)
  void aMissingPrivilegeSaysWhatToGive(String message, String what) {
    assertThat(refusal(403, message))
        .isEqualTo(
            message + ": give the user, and the token if it has privilege separation, " + what);
  }

  @Test
  void anotherRefusalIsLeftAsItIs() {
    String message = "Permission check failed (URI '/x' not available with API token)";
    assertThat(refusal(403, message)).isEqualTo(message);
  }

  @Test
  void messagesHoldOurDigitsWhateverTheLocale() throws Exception {
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    assertThat(refusal(500, "boom")).isEqualTo("Proxmox answered 500: boom.");
    assertThat(refusal(301, "x"))
        .isEqualTo("The endpoint answered with a redirect (301), which is never followed.");
    assertThat(refusal(202, "x"))
        .isEqualTo("The endpoint answered with the unexpected status 202.");
    var time = answer(200, "{\"data\":{\"time\":0,\"localtime\":7200,\"timezone\":\"Etc/UTC\"}}");
    assertThat(ClockReader.read(time.json().get("data"), time).toString())
        .contains("its local time is 7200 s ahead of UTC.");
    try (var server = TlsServer.answering("")) {
      assertThat(detail(ask("https://127.0.0.1:" + server.port(), new Trust.SystemAuthorities())))
          .startsWith("The certificate presented by 127.0.0.1:" + server.port() + " was not");
    }
  }

  private static String refusal(int status, String message) {
    return FailedAnswers.of(answer(status, "{\"message\":\"" + message + "\\n\"}")).detail();
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, Mask.NONE);
  }

  private static Reading<?> ask(String endpoint, Trust trust) {
    var connection =
        SimulatedCluster.connection(
            SimulatedCluster.TOKEN, trust, Optional.empty(), List.of(URI.create(endpoint)));
    try (var client = new ProxmoxClient(connection, InstantSource.system())) {
      return client.nodes(soon());
    }
  }

  private static String detail(Reading<?> reading) {
    return ((Failed<?>) reading).detail();
  }
}
