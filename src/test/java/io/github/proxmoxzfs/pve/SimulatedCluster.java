package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.sim.Credentials;
import io.github.proxmoxzfs.sim.Scenario;
import io.github.proxmoxzfs.sim.ServerCertificate;
import io.github.proxmoxzfs.sim.Simulator;
import io.github.proxmoxzfs.sim.SimulatorOptions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What the tests of this package say to a simulated cluster.
final class SimulatedCluster {
  static final String TOKEN_ID = "monitor@pve!exporter";
  static final Credential.Token TOKEN =
      new Credential.Token(
          TOKEN_ID, new Secret(Credentials.MONITOR_TOKEN.substring(TOKEN_ID.length() + 1)));
  static final Credential.Password PASSWORD =
      new Credential.Password(Credentials.MONITOR_USER, new Secret(Credentials.MONITOR_PASSWORD));

  private static final String LIST =
      """
      {"data":[{"name":"tank","size":1000,"alloc":250,"free":750,"frag":7,"dedup":1,"health":"ONLINE"}]}""";

  private SimulatedCluster() {}

  /// Two nodes with one pool each.
  static Scenario scenario() {
    return Scenario.builder("two-nodes")
        .node("pve1", ZoneId.of("Europe/Berlin"))
        .node("pve2", ZoneId.of("Europe/Berlin"))
        .answer("/nodes/pve1/disks/zfs", LIST)
        .answer("/nodes/pve2/disks/zfs", LIST)
        .build();
  }

  static Simulator start() {
    return Simulator.start(scenario(), SimulatorOptions.forTests());
  }

  static Connection connection(Credential credential, Simulator... simulators) {
    return connection(
        credential,
        authority(),
        Optional.empty(),
        List.of(simulators).stream().map(Simulator::endpoint).toList());
  }

  static Connection connection(
      Credential credential, Trust trust, Optional<String> serverName, List<URI> endpoints) {
    return new Connection(
        "home",
        endpoints,
        credential,
        trust,
        serverName,
        2,
        8,
        fingerprint -> "fingerprints: [\"" + fingerprint + "\"]");
  }

  /// What requests go through, without a client.
  static Transport transport(SSLContext tls, boolean alternatives) {
    return new Transport(
        TlsClients.over(tls, List.of()),
        alternatives,
        InstantSource.system(),
        new RequestTally(),
        new EndpointStates(true));
  }

  /// Trust in the simulator's authority.
  static Trust authority() {
    try (var in =
        new ByteArrayInputStream(
            ServerCertificate.authorityPem().getBytes(StandardCharsets.US_ASCII))) {
      var authority = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new Trust.AuthorityFile(List.of((X509Certificate) authority));
    } catch (CertificateException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A deadline that is only reached when something is wrong.
  static Deadline soon() {
    return Deadline.after(Duration.ofSeconds(20));
  }
}
