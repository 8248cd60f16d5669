package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Configuration;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.Mistake;
import io.github.proxmoxzfs.config.Trust;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.RequiredPrivilege;
import io.github.proxmoxzfs.domain.Rights;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.pve.EndpointLook;
import io.github.proxmoxzfs.pve.EndpointLook.Found;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import io.github.proxmoxzfs.status.Remedies;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.terminal.CheckLine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Walks a cluster from its endpoints to its sources and says of each step what was found, and what
/// mends it. It tells no secret.
final class Doctor {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration EXPIRES_SOON = Duration.ofDays(14);

  /// What stands before the line at the end of what the verification of certificates says.
  private static final String ACCEPTING_LINE = "This line of configuration would accept it: ";

  private final Configuration configuration;
  private final ClusterConfiguration cluster;
  private final UnansweredGuards guards;
  private final List<CheckLine> lines = new ArrayList<>();

  private Doctor(
      Configuration configuration, ClusterConfiguration cluster, UnansweredGuards guards) {
    this.configuration = configuration;
    this.cluster = cluster;
    this.guards = guards;
  }

  /// What is wrong with a configuration that could not be used.
  static List<CheckLine> of(List<Mistake> mistakes) {
    return mistakes.stream()
        .map(
            mistake ->
                new CheckLine(
                    "",
                    Severity.CRITICAL,
                    "configuration",
                    mistake.toString(),
                    Optional.empty(),
                    List.of()))
        .toList();
  }

  /// Walks all clusters of a configuration, one after the other.
  ///
  /// @param guards keeps it from asking nodes on which earlier runs left something unanswered; it
  ///   is closed
  static List<CheckLine> of(Configuration configuration, UnansweredGuards guards) {
    var lines = new ArrayList<CheckLine>();
    String clusters = configuration.clusters().size() == 1 ? " cluster" : " clusters";
    lines.add(
        new CheckLine(
            "",
            Severity.HEALTHY,
            "configuration",
            configuration.clusters().size()
                + clusters
                + configuration.file().map(file -> " in " + file).orElse(""),
            Optional.empty(),
            List.of()));
    for (String warning : configuration.warnings()) {
      lines.add(
          new CheckLine(
              "", Severity.WARNING, "configuration", warning, Optional.empty(), List.of()));
    }
    for (ClusterConfiguration cluster : configuration.clusters()) {
      var doctor = new Doctor(configuration, cluster, guards);
      doctor.walk();
      lines.addAll(doctor.lines);
    }
    guards.close();
    return lines;
  }

  private void walk() {
    boolean reachable = false;
    for (URI endpoint : cluster.endpoints()) {
      reachable |= endpoint(endpoint);
    }
    if (!reachable) {
      return; // all that follows would fail for the same reason
    }
    try (var scraper =
        ClusterScraper.of(
            OneLook.once(cluster),
            fingerprint -> configuration.acceptLine(cluster, fingerprint),
            InstantSource.system(),
            AnswerListener.NONE,
            guards.of(cluster))) {
      ClusterSnapshot snapshot =
          OneLook.whole(scraper, cluster, new Scope.WholeCluster(), OneLook.patience(cluster));
      guards.looked(cluster);
      guards.end(cluster, Duration.ZERO);
      trust(scraper.activity());
      login(snapshot);
      rights(snapshot.surroundings());
      if (snapshot.nodes() instanceof Reading.Ok<List<NodeSnapshot>>(List<NodeSnapshot> nodes, _)) {
        nodes(nodes, snapshot);
      }
    }
  }

  /// Whether a TLS handshake with the endpoint could be made.
  private boolean endpoint(URI endpoint) {
    String name = endpoint.getAuthority();
    var addresses = timed(() -> EndpointLook.addresses(endpoint, Deadline.after(STEP)));
    if (addresses.value() instanceof Found.Nothing<List<String>>(String why)) {
      add(
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
      ok(name + " name", String.join(", ", known), addresses.took());
    }
    var connection = timed(() -> EndpointLook.connection(endpoint, Deadline.after(STEP)));
    switch (connection.value()) {
      case Found.Nothing<String>(String why) -> {
        add(
            Severity.CRITICAL,
            name + " port",
            why + "; is the port right, does pveproxy run, does a firewall stand between?",
            connection.took(),
            "systemctl status pveproxy   # on that node");
        return false;
      }
      case Found.This<String> _ -> ok(name + " port", "open", connection.took());
    }
    var certificate = timed(() -> EndpointLook.certificate(endpoint, Deadline.after(STEP)));
    return switch (certificate.value()) {
      case Found.Nothing<EndpointLook.Certificate>(String why) -> {
        add(Severity.CRITICAL, name + " TLS", why, certificate.took());
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
      add(
          over ? Severity.CRITICAL : Severity.WARNING,
          name + " TLS",
          (over ? "expired: " : "expires soon: ") + text,
          took,
          "pvecm updatecerts --force && systemctl restart pveproxy   # on that node");
    } else {
      ok(name + " TLS", text, took);
    }
  }

  private void trust(ApiActivity activity) {
    for (ApiActivity.Endpoint endpoint : activity.endpoints()) {
      if (endpoint.verified().equals(Optional.of(true))) {
        ok(endpoint.address() + " trust", trustShown(), Duration.ZERO);
      }
    }
    if (cluster.trust() instanceof Trust.None) {
      String fingerprint =
          cluster.endpoints().stream()
              .map(endpoint -> EndpointLook.certificate(endpoint, Deadline.after(STEP)))
              .flatMap(
                  found ->
                      found
                              instanceof
                              Found.This<EndpointLook.Certificate>(EndpointLook.Certificate shown)
                          ? Optional.of(shown.fingerprint()).stream()
                          : Optional.<String>empty().stream())
              .findFirst()
              .orElse("");
      add(
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

  private String credential() {
    return switch (cluster.credential()) {
      case Credential.Token(String id, _) -> id;
      case Credential.Password(String user, _) -> user;
    };
  }

  private void login(ClusterSnapshot snapshot) {
    switch (snapshot.nodes()) {
      case Reading.Ok<List<NodeSnapshot>> _ ->
          ok("login", "as " + credential(), snapshot.nodesDuration());
      case Reading.Failed<List<NodeSnapshot>>(FailureReason reason, String detail) ->
          add(
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
    String[] parts = credential().split("!", 2);
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
          add(Severity.WARNING, "rights", "not readable: " + detail, took);
      case Reading.Skipped<Rights> _ -> {}
    }
  }

  private void rights(Rights rights, Duration took) {
    if (!rights.missing().isEmpty()) {
      add(
          Severity.CRITICAL,
          "rights",
          "missing: "
              + rights.missing().stream()
                  .map(missing -> missing.privilege() + " on " + missing.path())
                  .collect(Collectors.joining(", ")),
          took,
          PrivilegeAdvice.grant(credential()));
    }
    if (!rights.excess().isEmpty()) {
      add(
          Severity.WARNING,
          "rights",
          "it may do more than look: " + String.join(", ", rights.excess()),
          took,
          PrivilegeAdvice.restrict(credential()));
    }
    if (rights.missing().isEmpty() && rights.excess().isEmpty()) {
      ok(
          "rights",
          "enough, and none to change anything; the least role has "
              + String.join(", ", RequiredPrivilege.leastRole()),
          took);
    }
  }

  private void nodes(List<NodeSnapshot> nodes, ClusterSnapshot snapshot) {
    if (nodes.isEmpty()) {
      add(
          Severity.CRITICAL,
          "nodes",
          "none: the credential sees none, or `nodes` of the configuration leaves all out",
          snapshot.nodesDuration(),
          "nodes: {include: [\"*\"]}");
    }
    reading(
        "storage",
        snapshot.surroundings().storages(),
        took(snapshot, Source.STORAGE),
        all -> all.size() + " of type zfspool");
    reading(
        "replication",
        snapshot.surroundings().replication(),
        took(snapshot, Source.REPLICATION),
        all -> all.size() + " jobs");
    for (NodeSnapshot node : nodes) {
      node(node);
      Optional.ofNullable(snapshot.surroundings().versions().get(node.name()))
          .ifPresent(
              versions ->
                  reading(
                      node.name() + " versions",
                      versions,
                      snapshot
                          .surroundings()
                          .nodeDurations()
                          .getOrDefault(node.name(), Map.of())
                          .getOrDefault(Source.VERSIONS, Duration.ZERO),
                      known ->
                          "pve "
                              + known.pve().orElse("unknown")
                              + ", zfs "
                              + known.zfs().orElse("not installed")));
    }
  }

  private static Duration took(ClusterSnapshot snapshot, Source source) {
    return snapshot.surroundings().durations().getOrDefault(source, Duration.ZERO);
  }

  private void node(NodeSnapshot node) {
    if (!node.online()) {
      add(
          Severity.CRITICAL,
          node.name(),
          "the cluster counts it as offline",
          Duration.ZERO,
          remedies(FailureReason.NODE_OFFLINE, ""));
      return;
    }
    reading(
        node.name() + " pools",
        node.pools(),
        node.durations().getOrDefault(Source.POOLS, Duration.ZERO),
        pools -> pools.size() + (pools.size() == 1 ? " pool" : " pools"));
    reading(
        node.name() + " disks",
        node.disks().list(),
        node.durations().getOrDefault(Source.DISKS, Duration.ZERO),
        list -> list.disks().size() + (list.disks().size() == 1 ? " disk" : " disks"));
    for (Pool pool : node.pools().asOptional().orElse(List.of())) {
      String subject = node.name() + " " + pool.listing().name();
      if (pool.status().failure().equals(Optional.of(FailureReason.UNSUPPORTED_NAME))) {
        add(
            Severity.WARNING,
            subject,
            "Proxmox refuses this name, so that only the list tells of the pool",
            Duration.ZERO);
      } else {
        reading(
            subject,
            pool.status(),
            node.durations().getOrDefault(Source.POOL_STATUS, Duration.ZERO),
            read ->
                read.unknownTexts().isEmpty()
                    ? "understood"
                    : "understood but for " + String.join(", ", read.unknownTexts().keySet()));
      }
    }
    zone(node);
  }

  private void zone(NodeSnapshot node) {
    switch (node.clock()) {
      case Reading.Ok<NodeClock>(NodeClock clock, _) ->
          ok(
              node.name() + " zone",
              clock.zone().getId(),
              node.durations().getOrDefault(Source.TIME, Duration.ZERO));
      case Reading.Failed<NodeClock>(FailureReason reason, String detail) ->
          add(
              Severity.WARNING,
              node.name() + " zone",
              detail,
              node.durations().getOrDefault(Source.TIME, Duration.ZERO),
              reason == FailureReason.ZONE_UNKNOWN
                  ? new String[] {"timezone: Europe/Berlin   # the zone of the cluster's nodes"}
                  : remedies(reason, detail));
      case Reading.Skipped<NodeClock> _ -> {}
    }
  }

  private <T> void reading(
      String subject, Reading<T> reading, Duration took, Function<T, String> found) {
    switch (reading) {
      case Reading.Ok<T>(T value, _) -> ok(subject, found.apply(value), took);
      case Reading.Failed<T>(FailureReason reason, String detail) ->
          add(Severity.CRITICAL, subject, detail, took, remedies(reason, detail));
      case Reading.Skipped<T> _ -> {}
    }
  }

  /// What mends a failure of a node's source.
  private String[] remedies(FailureReason reason, String detail) {
    List<String> known = Remedies.of(reason, credential());
    return detail.contains(UnansweredNote.ASK_ANYWAY)
        ? Stream.concat(
                known.stream(),
                Stream.of("proxmox-zfs-exporter check --ask-anyway   # if it does not"))
            .toArray(String[]::new)
        : known.toArray(String[]::new);
  }

  /// A value, and how long it took to get it.
  private record Timed<T>(T value, Duration took) {}

  private static <T> Timed<T> timed(Supplier<T> step) {
    long begun = System.nanoTime();
    T value = step.get();
    return new Timed<>(value, Duration.ofNanos(System.nanoTime() - begun));
  }

  private void ok(String subject, String finding, Duration took) {
    add(Severity.HEALTHY, subject, finding, took);
  }

  private void add(
      Severity severity, String subject, String finding, Duration took, String... remedies) {
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
