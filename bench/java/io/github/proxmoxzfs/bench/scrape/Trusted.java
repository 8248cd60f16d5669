package io.github.proxmoxzfs.bench.scrape;

import io.github.proxmoxzfs.sim.Simulator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// The authority of the simulated cluster.
final class Trusted {
  private Trusted() {}

  static List<X509Certificate> authorities() {
    byte[] pem = Simulator.certificateAuthorityPem().getBytes(StandardCharsets.US_ASCII);
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
