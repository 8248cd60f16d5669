package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.RequiredPrivilege;
import io.github.proxmoxzfs.domain.Rights;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.pve.EndpointLook;
import io.github.proxmoxzfs.pve.EndpointLook.Found;
import io.github.proxmoxzfs.status.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Looks at what lets us in: trust in the certificates, the login, the credential's privileges.
final class AccessCheck {
  /// What stands before the line at the end of what the verification of certificates says.
  private static final String ACCEPTING_LINE = "This line of configuration would accept it: ";

  private final Configuration configuration;
  private final ClusterConfiguration cluster;
  private final Findings findings;

  AccessCheck(Configuration configuration, ClusterConfiguration cluster, Findings findings) {
    this.configuration = configuration;
    this.cluster = cluster;
    this.findings = findings;
  }

  void check(ClusterSnapshot snapshot, ApiActivity activity) {
    trust(activity);
    login(snapshot);
    rights(snapshot.surroundings());
  }

  private void trust(ApiActivity activity) {
    for (ApiActivity.Endpoint endpoint : activity.endpoints()) {
      if (endpoint.verified().equals(Optional.of(true))) {
        findings.ok(endpoint.address() + " trust", trustShown(), Duration.ZERO);
      }
    }
    if (cluster.trust() instanceof Trust.None) {
      String fingerprint =
          cluster.endpoints().stream()
              .map(
                  endpoint ->
                      EndpointLook.certificate(endpoint, Deadline.after(EndpointCheck.STEP)))
              .flatMap(
                  found ->
                      found
                              instanceof
                              Found.This<EndpointLook.Certificate>(EndpointLook.Certificate shown)
                          ? Optional.of(shown.fingerprint()).stream()
                          : Optional.<String>empty().stream())
              .findFirst()
              .orElse("");
      findings.add(
          Severity.WARNING,
          "trust",
          "certificates are not verified: whoever answers is sent the credential",
          Duration.ZERO,
          configuration.acceptLine(cluster, fingerprint));
    }
  }

  private String trustShown() {
    return switch (cluster.trust()) {
      case Trust.SystemAuthorities() -> "signed by an authority of the system or of the cluster";
      case Trust.AuthorityFile(var file, _) -> "signed by an authority in " + file;
      case Trust.Fingerprints _ -> "has a configured fingerprint";
      case Trust.None() -> "not verified";
    };
  }

  private void login(ClusterSnapshot snapshot) {
    switch (snapshot.nodes()) {
      case Reading.Ok<List<NodeSnapshot>> _ ->
          findings.ok("login", "as " + findings.credential(), snapshot.nodesDuration());
      case Reading.Failed<List<NodeSnapshot>>(FailureReason reason, String detail) ->
          findings.add(
              Severity.CRITICAL,
              reason == FailureReason.TLS ? "trust" : "login",
              withoutLine(reason, detail),
              snapshot.nodesDuration(),
              loginRemedies(reason, detail));
      case Reading.Skipped<List<NodeSnapshot>> _ -> {}
    }
  }

  /// The line that would accept a certificate is to be copied, which a paragraph would break: it
  /// stands below.
  private static String withoutLine(FailureReason reason, String detail) {
    int line = reason == FailureReason.TLS ? detail.lastIndexOf(ACCEPTING_LINE) : -1;
    return line < 0 ? detail : detail.substring(0, line).strip();
  }

  private String[] loginRemedies(FailureReason reason, String detail) {
    if (reason == FailureReason.TLS) {
      int line = detail.lastIndexOf(ACCEPTING_LINE);
      return line < 0
          ? new String[0]
          : new String[] {detail.substring(line + ACCEPTING_LINE.length())};
    }
    if (reason != FailureReason.UNAUTHORIZED) {
      return new String[0];
    }
    String[] parts = findings.credential().split("!", 2);
    return parts.length == 2
        ? new String[] {
          "pveum user token list '" + parts[0] + "'",
          "pveum user token add '"
              + parts[0]
              + "' '"
              + parts[1]
              + "' --privsep 1   # if it is not there; it prints the secret once"
        }
        : new String[] {"pveum user list", "pveum passwd '" + parts[0] + "'"};
  }

  private void rights(Surroundings known) {
    Duration took = known.durations().getOrDefault(Source.PERMISSIONS, Duration.ZERO);
    switch (known.rights()) {
      case Reading.Ok<Rights>(Rights rights, _) -> rights(rights, took);
      case Reading.Failed<Rights>(_, String detail) ->
          findings.add(Severity.WARNING, "rights", "not readable: " + detail, took);
      case Reading.Skipped<Rights> _ -> {}
    }
  }

  private void rights(Rights rights, Duration took) {
    if (!rights.missing().isEmpty()) {
      findings.add(
          Severity.CRITICAL,
          "rights",
          "missing: "
              + rights.missing().stream()
                  .map(missing -> missing.privilege() + " on " + missing.path())
                  .collect(Collectors.joining(", ")),
          took,
          PrivilegeAdvice.grant(findings.credential()));
    }
    if (!rights.excess().isEmpty()) {
      findings.add(
          Severity.WARNING,
          "rights",
          "it may do more than look: " + String.join(", ", rights.excess()),
          took,
          PrivilegeAdvice.restrict(findings.credential()));
    }
    if (rights.missing().isEmpty() && rights.excess().isEmpty()) {
      findings.ok(
          "rights",
          "enough, and none to change anything; the least role has "
              + String.join(", ", RequiredPrivilege.leastRole()),
          took);
    }
  }
}
