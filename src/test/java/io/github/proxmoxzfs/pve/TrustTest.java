package io.github.proxmoxzfs.pve;

import static io.github.proxmoxzfs.pve.SimulatedCluster.authority;
import static io.github.proxmoxzfs.pve.SimulatedCluster.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrustTest {
  private static final String SUBJECT =
      "subject \"CN=pve1.example,OU=PVE Cluster Node,O=Proxmox Virtual Environment\"";
  private static final String ISSUER =
      "issuer \"CN=Proxmox Virtual Environment,OU=simulator,O=PVE Cluster Manager CA\"";

  @Test
  void aCertificateOfTheAuthorityIsAccepted() {
    assertThat(ask(ServerCertificate.PROXMOX, authority(), Optional.empty()))
        .isInstanceOf(Reading.Ok.class);
  }

  @Test
  void theAuthorityVouchesForAddressesAndNames() {
    try (var simulator = start(ServerCertificate.PROXMOX)) {
      var byName = URI.create("https://localhost:" + simulator.endpoint().getPort());
      assertThat(ask(byName, authority(), Optional.empty())).isInstanceOf(Reading.Ok.class);
    }
  }

  @Test
  void anExpiredCertificateIsRefused() {
    assertRefused(
        ServerCertificate.EXPIRED,
        authority(),
        "expired on 2021-01-01T00:00:00Z. It is: " + SUBJECT + ", " + ISSUER);
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    assertRefused(
        ServerCertificate.OTHER_AUTHORITY,
        authority(),
        "was not issued by a trusted authority. It is: "
            + SUBJECT
            + ", issuer \"CN=Proxmox Virtual Environment,OU=another cluster,O=PVE Cluster Manager CA\"");
  }

  @Test
  void aCertificateWithAnotherNameIsRefused() {
    assertRefused(
        ServerCertificate.OTHER_NAME,
        authority(),
        "is not valid for the name 127.0.0.1, only for pve.example. It is: subject"
            + " \"CN=pve.example,");
  }

  @Test
  void aCertificateWithAnotherFingerprintIsRefused() {
    assertRefused(
        ServerCertificate.PROXMOX,
        new Trust.Fingerprints(Set.of(ServerCertificate.EXPIRED.fingerprint())),
        "has none of the configured fingerprints: it was renewed, or this is another server. It is: "
            + SUBJECT);
  }

  @Test
  void theSystemsAuthoritiesDoNotVouchForProxmox() {
    assertRefused(
        ServerCertificate.PROXMOX,
        new Trust.SystemAuthorities(),
        "was not issued by a trusted authority. It is: " + SUBJECT);
  }

  @Test
  void theClustersOwnAuthorityIsTrustedWhereItCanBeRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pve-root-ca.pem");
    assertThat(askWithClusterAuthority(file).failure()).contains(FailureReason.TLS);
    Files.writeString(file, "no certificate");
    assertThat(askWithClusterAuthority(file).failure()).contains(FailureReason.TLS);
    Files.writeString(file, ServerCertificate.authorityPem());
    assertThat(askWithClusterAuthority(file)).isInstanceOf(Reading.Ok.class);
  }

  /// The second is the copy that the Debian package makes, since only root and www-data may read
  /// the first.
  @Test
  void itsCopyIsTrustedWhereItCannotBeReadItself(@TempDir Path folder) throws Exception {
    Path copy = folder.resolve("local-pve-root-ca.pem");
    Files.writeString(copy, ServerCertificate.authorityPem());
    assertThat(askWithClusterAuthority(folder.resolve("absent.pem"), copy))
        .isInstanceOf(Reading.Ok.class);
  }

  @ParameterizedTest
  @EnumSource
  void aFingerprintAcceptsExactlyThatCertificate(ServerCertificate certificate) {
    String fingerprint = certificate.fingerprint();
    for (String written :
        List.of(fingerprint, fingerprint.toLowerCase(Locale.ROOT), fingerprint.replace(":", ""))) {
      var several = new Trust.Fingerprints(Set.of("00:".repeat(31) + "00", written));
      assertThat(ask(certificate, several, Optional.empty())).isInstanceOf(Reading.Ok.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTrustAcceptsAny(ServerCertificate certificate) {
    assertThat(ask(certificate, new Trust.None(), Optional.empty())).isInstanceOf(Reading.Ok.class);
  }

  @Test
  void aServerNameTakesThePlaceOfTheEndpoints() {
    assertThat(ask(ServerCertificate.OTHER_NAME, authority(), Optional.of("pve.example")))
        .isInstanceOf(Reading.Ok.class);
    assertThat(detail(ask(ServerCertificate.PROXMOX, authority(), Optional.of("pve.example"))))
        .contains(
            "is not valid for the name pve.example, only for localhost, pve1, pve1.example,"
                + " 127.0.0.1, 0:0:0:0:0:0:0:1.");
    assertThat(detail(ask(ServerCertificate.EXPIRED, authority(), Optional.of("pve1"))))
        .contains("expired on");
    assertThat(detail(ask(ServerCertificate.OTHER_AUTHORITY, authority(), Optional.of("pve1"))))
        .contains("was not issued by a trusted authority");
  }

  @Test
  void whatIsNoFingerprintIsRefusedAtStart() {
    assertThatThrownBy(() -> new Trust.Fingerprints(Set.of("AA:BB")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no SHA-256 fingerprint: AA:BB");
    assertThatThrownBy(() -> new Trust.Fingerprints(Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(ServerCertificate certificate, Trust trust, String why) {
    assertThat(detail(ask(certificate, trust, Optional.empty())))
        .startsWith("The certificate presented by 127.0.0.1:")
        .contains(why)
        .endsWith(
            ", SHA-256 fingerprint %s. This line of configuration would accept it: fingerprints: [\"%s\"]"
                .formatted(certificate.fingerprint(), certificate.fingerprint()));
  }

  private static String detail(Reading<?> reading) {
    assertThat(reading.failure()).contains(FailureReason.TLS);
    return ((Failed<?>) reading).detail();
  }

  private static Simulator start(ServerCertificate certificate) {
    return Simulator.start(
        SimulatedCluster.scenario(), SimulatorOptions.forTests().withCertificate(certificate));
  }

  private static Reading<?> ask(
      ServerCertificate certificate, Trust trust, Optional<String> serverName) {
    try (var simulator = start(certificate)) {
      return ask(simulator.endpoint(), trust, serverName);
    }
  }

  private static Reading<?> ask(URI endpoint, Trust trust, Optional<String> serverName) {
    var connection =
        SimulatedCluster.connection(SimulatedCluster.TOKEN, trust, serverName, List.of(endpoint));
    try (var client = new ProxmoxClient(connection, InstantSource.system())) {
      return client.nodes(soon());
    }
  }

  private static Reading<?> askWithClusterAuthority(Path... files) {
    var tls =
        TlsContexts.of(
            new Trust.SystemAuthorities(), Optional.empty(), found -> found, List.of(files), 1);
    try (var simulator = start(ServerCertificate.PROXMOX);
        var transport = SimulatedCluster.transport(tls, false)) {
      var request =
          HttpRequest.newBuilder(simulator.endpoint().resolve("/api2/json/version"))
              .header(
                  "Authorization",
                  "PVEAPIToken=" + io.github.proxmoxzfs.sim.Credentials.MONITOR_TOKEN)
              .build();
      return transport
          .begin(request, Mask.NONE, Duration.ofSeconds(2), Time.system())
          .await(soon())
          .orElseThrow();
    }
  }
}
