package io.github.proxmoxzfs.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.cert.CertificateExpiredException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void proxmoxLikeCertificateIsTrustedWithTheAuthority(String host) throws Exception {
    try (var simulator = start(ServerCertificate.PROXMOX)) {
      assertThat(status(simulator, host)).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EXPIRED, NotAfter: ",
    "OTHER_AUTHORITY, unable to find valid certification path to requested target",
    "OTHER_NAME, No subject alternative names matching IP address 127.0.0.1 found"
  })
  void otherCertificatesAreNot(ServerCertificate certificate, String reason) {
    try (var simulator = start(certificate)) {
      assertThatThrownBy(() -> status(simulator, "127.0.0.1"))
          .isInstanceOf(SSLHandshakeException.class)
          .rootCause()
          .hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fingerprintIsThatOfTheCertificateShown(ServerCertificate certificate) throws Exception {
    var shown = certificate.certificate();
    var digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
    assertThat(certificate.fingerprint())
        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}")
        .isEqualTo(HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT));
  }

  @Test
  void certificatesLastLong() {
    assertThat(ServerCertificate.PROXMOX.certificate().getNotAfter().toInstant())
        .isAfter(Instant.parse("2100-01-01T00:00:00Z"));
    assertThatThrownBy(() -> ServerCertificate.EXPIRED.certificate().checkValidity())
        .isInstanceOf(CertificateExpiredException.class);
  }

  private static Simulator start(ServerCertificate certificate) {
    return Simulator.start(
        Scenario.builder("one").node("pve1", ZoneId.of("Etc/UTC")).build(),
        SimulatorOptions.forTests().withCertificate(certificate));
  }

  private static int status(Simulator simulator, String host)
      throws IOException, InterruptedException {
    var context = RawClient.trusting(Simulator.certificateAuthorityPem());
    var uri =
        java.net.URI.create(
            "https://" + host + ":" + simulator.endpoint().getPort() + "/api2/json/version");
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
