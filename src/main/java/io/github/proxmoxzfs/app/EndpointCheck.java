package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.pve.EndpointLook;
import io.github.proxmoxzfs.pve.EndpointLook.Found;
import io.github.proxmoxzfs.status.Severity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Looks at an endpoint without a credential: its name, its port, its certificate.
final class EndpointCheck {
  /// How long a step may take.
  static final Duration STEP = Duration.ofSeconds(5);

  private static final Duration EXPIRES_SOON = Duration.ofDays(14);

  private final ClusterConfiguration cluster;
  private final Findings findings;

  EndpointCheck(ClusterConfiguration cluster, Findings findings) {
    this.cluster = cluster;
    this.findings = findings;
  }

  /// Whether a TLS handshake with the endpoint could be made.
  boolean isReachable(URI endpoint) {
    String name = endpoint.getAuthority();
    var addresses = timed(() -> EndpointLook.addresses(endpoint, Deadline.after(STEP)));
    if (addresses.value() instanceof Found.Nothing<List<String>>(String why)) {
      findings.add(
          Severity.CRITICAL,
          name + " name",
          why,
          addresses.took(),
          "endpoints: [\"https://ADDRESS-OF-A-NODE:8006\"]   with server_name: "
              + endpoint.getHost()
              + ", or let your name server know "
              + endpoint.getHost());
      return false;
    }
    if (addresses.value() instanceof Found.This<List<String>>(List<String> known)) {
      findings.ok(name + " name", String.join(", ", known), addresses.took());
    }
    var connection = timed(() -> EndpointLook.connection(endpoint, Deadline.after(STEP)));
    switch (connection.value()) {
      case Found.Nothing<String>(String why) -> {
        findings.add(
            Severity.CRITICAL,
            name + " port",
            why + "; is the port right, does pveproxy run, does a firewall stand between?",
            connection.took(),
            "systemctl status pveproxy   # on that node");
        return false;
      }
      case Found.This<String> _ -> findings.ok(name + " port", "open", connection.took());
    }
    var certificate = timed(() -> EndpointLook.certificate(endpoint, Deadline.after(STEP)));
    return switch (certificate.value()) {
      case Found.Nothing<EndpointLook.Certificate>(String why) -> {
        findings.add(Severity.CRITICAL, name + " TLS", why, certificate.took());
        yield false;
      }
      case Found.This<EndpointLook.Certificate>(EndpointLook.Certificate shown) -> {
        certificate(name, shown, certificate.took());
        yield true;
      }
    };
  }

  private void certificate(String name, EndpointLook.Certificate shown, Duration took) {
    String text =
        "certificate of "
            + shown.names()
            + ", valid until "
            + shown.expires().toString().substring(0, 10)
            + ", SHA-256 "
            + shown.fingerprint();
    Instant now = Instant.now();
    if (shown.expires().isBefore(now.plus(EXPIRES_SOON))
        && !(cluster.trust() instanceof Trust.Fingerprints)) {
      boolean over = shown.expires().isBefore(now);
      findings.add(
          over ? Severity.CRITICAL : Severity.WARNING,
          name + " TLS",
          (over ? "expired: " : "expires soon: ") + text,
          took,
          "pvecm updatecerts --force && systemctl restart pveproxy   # on that node");
    } else {
      findings.ok(name + " TLS", text, took);
    }
  }

  /// A value, and how long it took to get it.
  private record Timed<T>(T value, Duration took) {}

  private static <T> Timed<T> timed(Supplier<T> step) {
    long begun = System.nanoTime();
    T value = step.get();
    return new Timed<>(value, Duration.ofNanos(System.nanoTime() - begun));
  }
}
