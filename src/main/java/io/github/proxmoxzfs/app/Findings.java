package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.Remedies;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.CheckLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What `check` found of a cluster, a line each.
final class Findings {
  private final ClusterConfiguration cluster;
  private final List<CheckLine> lines = new ArrayList<>();

  Findings(ClusterConfiguration cluster) {
    this.cluster = cluster;
  }

  List<CheckLine> lines() {
    return List.copyOf(lines);
  }

  /// The user, or the token's ID, without the secret.
  String credential() {
    return switch (cluster.credential()) {
      case Credential.Token(String id, _) -> id;
      case Credential.Password(String user, _) -> user;
    };
  }

  /// What came of asking a source.
  <T> void reading(String subject, Reading<T> reading, Duration took, Function<T, String> found) {
    switch (reading) {
      case Reading.Ok<T>(T value, _) -> ok(subject, found.apply(value), took);
      case Reading.Failed<T>(FailureReason reason, String detail) ->
          add(Severity.CRITICAL, subject, detail, took, remedies(subject, reason, detail));
      case Reading.Skipped<T> _ -> {}
    }
  }

  /// What mends a failure of a node's source.
  ///
  /// @param subject what was looked at; it begins with the node's name
  String[] remedies(String subject, FailureReason reason, String detail) {
    List<String> known =
        Remedies.of(reason, credential()).stream()
            .map(remedy -> remedy.replace("[NODE]", "[" + subject.split(" ", 2)[0] + "]"))
            .toList();
    return detail.contains(UnansweredNote.ASK_ANYWAY)
        ? Stream.concat(
                known.stream(),
                Stream.of("proxmox-zfs-exporter check --ask-anyway   # if it does not"))
            .toArray(String[]::new)
        : known.toArray(String[]::new);
  }

  /// All is as it should be.
  void ok(String subject, String finding, Duration took) {
    add(Severity.HEALTHY, subject, finding, took);
  }

  /// A line.
  ///
  /// @param took how long it took; zero where nothing was asked
  void add(Severity severity, String subject, String finding, Duration took, String... remedies) {
    lines.add(
        new CheckLine(
            cluster.name(),
            severity,
            subject,
            finding,
            took.isZero() ? Optional.empty() : Optional.of(took),
            List.of(remedies)));
  }
}
