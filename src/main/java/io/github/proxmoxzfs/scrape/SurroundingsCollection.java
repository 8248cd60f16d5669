package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Permissions;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.RequiredPrivilege;
import io.github.proxmoxzfs.domain.Rights;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.domain.ZfsStorage;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Asks a cluster for what is known of it beside its nodes' pools. But for the storages' space, it
/// is asked less often than scrapes come, and beside them.
final class SurroundingsCollection {
  static final Duration HOURLY = Duration.ofHours(1);
  static final Duration REPLICATION_PERIOD = Duration.ofMinutes(1);

  /// So soon it is seen that somebody has granted what was missing.
  static final Duration WHILE_RIGHTS_ARE_MISSING = Duration.ofMinutes(1);

  private static final Duration DOUBTED_FOR = Duration.ofMinutes(5);

  private final ProxmoxClient client;
  private final Background background;
  private final SharedReading<List<ZfsStorage>> storages;
  private final KeptReading<Map<String, String>> datasets;
  private final KeptReading<Permissions> permissions;
  private final KeptReading<Replications> replications;
  private final Map<String, KeptReading<NodeVersions>> versions = new ConcurrentHashMap<>();
  private final Set<Source> configured;
  private final InstantSource clock;
  private volatile Instant doubtfulUntil = Instant.MIN;

  /// @param configured the sources that the collectors need that are on, whose privileges are
  ///   needed
  SurroundingsCollection(
      ProxmoxClient client,
      Background background,
      Set<Source> configured,
      Duration sharedFor,
      InstantSource clock) {
    this.client = client;
    this.background = background;
    this.configured = Set.copyOf(configured);
    this.clock = clock;
    this.storages = new SharedReading<>("storages", client::storages, sharedFor);
    this.datasets = new KeptReading<>("storage-datasets", clock);
    this.permissions = new KeptReading<>("permissions", clock);
    this.replications = new KeptReading<>("replication", clock);
  }

  /// A collection under way.
  final class Pending {
    private final Collection<NodeEntry> nodes;
    private final Set<String> excluded;
    private final Scope scope;
    private final Set<Source> wanted;
    private final Deadline deadline;
    private final Optional<SharedReading<List<ZfsStorage>>.Pending> pendingStorages;

    private Pending(
        Collection<NodeEntry> nodes,
        Set<String> excluded,
        Scope scope,
        Set<Source> wanted,
        Deadline deadline) {
      this.nodes = nodes;
      this.excluded = excluded;
      this.scope = scope;
      this.wanted = wanted;
      this.deadline = deadline;
      Time time = deadline.time();
      permissions.refresh(permissionsPeriod(), client::permissions, background, time);
      if (wanted.contains(Source.STORAGE)) {
        datasets.refresh(HOURLY, client::storageDatasets, background, time);
        this.pendingStorages = Optional.of(storages.ask(deadline));
      } else {
        this.pendingStorages = Optional.empty();
      }
    }

    /// Waits for what is asked with each scrape, and begins what is asked beside them: now, when
    /// the scrape itself has asked for all that it needs.
    ///
    /// @param listTook how long a node's list of disks took
    Surroundings await(Function<String, Optional<Duration>> listTook) {
      permissions.awaitFirst(deadline);
      Reading<Rights> rights = rights();
      var durations = new EnumMap<Source, Duration>(Source.class);
      permissions.took().ifPresent(took -> durations.put(Source.PERMISSIONS, took));
      Reading<List<ZfsStorage>> told = awaitStorages(rights, durations);
      beginTheRest();
      return surroundings(rights, told, durations, listTook);
    }

    private Reading<List<ZfsStorage>> awaitStorages(
        Reading<Rights> rights, Map<Source, Duration> durations) {
      if (pendingStorages.isEmpty()) {
        return new Reading.Skipped<>();
      }
      SharedReading.Outcome<List<ZfsStorage>> outcome = pendingStorages.get().await();
      durations.put(Source.STORAGE, outcome.took());
      datasets.awaitFirst(deadline);
      return outcome
          .reading()
          .then(
              ok ->
                  isHidden(ok.value(), Source.STORAGE, rights)
                      ? hidden(Source.STORAGE)
                      : withDatasets(ok));
    }

    private Reading<List<ZfsStorage>> withDatasets(Reading.Ok<List<ZfsStorage>> listed) {
      return switch (datasets.current()) {
        case Reading.Ok<Map<String, String>>(Map<String, String> known, _) ->
            new Reading.Ok<>(
                listed.value().stream()
                    .filter(storage -> isOnline(storage.node()))
                    .filter(storage -> known.containsKey(storage.storage()))
                    .map(storage -> storage.on(known.getOrDefault(storage.storage(), "")))
                    .toList(),
                listed.readAt());
        case Reading.Failed<Map<String, String>> failed -> failed.as();
        case Reading.Skipped<Map<String, String>> _ ->
            new Reading.Failed<>(FailureReason.TIMED_OUT, "the datasets were not told in time");
      };
    }

    /// Nothing is known of storages on nodes that are offline, and nothing told of excluded ones.
    private boolean isOnline(String node) {
      return nodes.stream()
          .anyMatch(
              entry -> entry.name().equals(node) && entry.status() != NodeEntry.Status.OFFLINE);
    }

    private void beginTheRest() {
      Time time = deadline.time();
      if (wanted.contains(Source.REPLICATION) && scope.includesCluster()) {
        replications.refresh(
            REPLICATION_PERIOD,
            limit -> Replications.ask(client, nodes, excluded, background, limit),
            background,
            time);
      }
      List<NodeEntry> due =
          nodes.stream()
              .filter(node -> node.status() != NodeEntry.Status.OFFLINE)
              .filter(node -> scope.includesNode(node.name()))
              .filter(node -> versionsOf(node.name()).isDue(HOURLY))
              .toList();
      if (wanted.contains(Source.VERSIONS) && !due.isEmpty()) {
        background.begin("versions", time, () -> askForVersions(due, time));
      }
    }

    private Surroundings surroundings(
        Reading<Rights> rights,
        Reading<List<ZfsStorage>> told,
        Map<Source, Duration> durations,
        Function<String, Optional<Duration>> listTook) {
      Reading<Replications> replication =
          wanted.contains(Source.REPLICATION)
              ? replications
                  .current()
                  .then(
                      ok ->
                          isHidden(ok.value().jobs(), Source.REPLICATION, rights)
                              ? hidden(Source.REPLICATION)
                              : ok)
              : new Reading.Skipped<>();
      if (!(replication instanceof Reading.Skipped)) {
        replications.took().ifPresent(took -> durations.put(Source.REPLICATION, took));
      }
      Optional<Replications> jobs = replication.asOptional();
      var nodeDurations = new HashMap<String, Map<Source, Duration>>();
      var nodeVersions = new HashMap<String, Reading<NodeVersions>>();
      for (NodeEntry node : nodes) {
        var ofNode = new EnumMap<Source, Duration>(Source.class);
        KeptReading<NodeVersions> kept = versionsOf(node.name());
        nodeVersions.put(node.name(), kept.current());
        kept.took().ifPresent(took -> ofNode.put(Source.VERSIONS, took));
        jobs.map(Replications::durations)
            .map(all -> all.get(node.name()))
            .ifPresent(took -> ofNode.put(Source.REPLICATION, took));
        if (wanted.contains(Source.DISKS)) {
          listTook.apply(node.name()).ifPresent(took -> ofNode.put(Source.DISKS, took));
        }
        nodeDurations.put(node.name(), ofNode);
      }
      return new Surroundings(
          replication.then(ok -> new Reading.Ok<>(ok.value().jobs(), ok.readAt())),
          jobs.map(Replications::byNode).orElse(Map.of()),
          told,
          rights,
          nodeVersions,
          durations,
          nodeDurations);
    }
  }

  /// Begins to ask.
  ///
  /// @param nodes the nodes that may be asked
  /// @param excluded the cluster's other nodes
  Pending begin(
      Collection<NodeEntry> nodes,
      Set<String> excluded,
      Scope scope,
      Set<Source> wanted,
      Deadline deadline) {
    versions.keySet().retainAll(nodes.stream().map(NodeEntry::name).toList());
    return new Pending(
        List.copyOf(nodes), Set.copyOf(excluded), scope, Set.copyOf(wanted), deadline);
  }

  private Reading<Rights> rights() {
    return permissions
        .current()
        .then(ok -> new Reading.Ok<>(Rights.of(ok.value(), configured), ok.readAt()));
  }

  /// Takes note that a node has refused what the credential was thought to be allowed: somebody has
  /// taken a privilege away, which is not to be found out an hour later.
  void rightsAreDoubtful() {
    doubtfulUntil = clock.instant().plus(DOUBTED_FOR);
  }

  private Duration permissionsPeriod() {
    if (clock.instant().isBefore(doubtfulUntil)) {
      return WHILE_RIGHTS_ARE_MISSING;
    }
    return rights().asOptional().map(rights -> rights.missing().isEmpty()).orElse(true)
        ? HOURLY
        : WHILE_RIGHTS_ARE_MISSING;
  }

  /// Whether rows may have been left out: Proxmox shows what the credential may see, and says
  /// nothing of the rest. What it does show is true whatever the rights were when they were read.
  private static boolean isHidden(List<?> rows, Source source, Reading<Rights> rights) {
    return rows.isEmpty() && rights.asOptional().map(known -> !known.suffice(source)).orElse(false);
  }

  private static <T> Reading<T> hidden(Source source) {
    return new Reading.Failed<>(
        FailureReason.FORBIDDEN,
        "Proxmox shows nothing of it without the privilege "
            + RequiredPrivilege.of(source).stream()
                .map(required -> required.privilege() + " on " + required.path())
                .findFirst()
                .orElse("")
            + ".");
  }

  private KeptReading<NodeVersions> versionsOf(String node) {
    return versions.computeIfAbsent(node, name -> new KeptReading<>("versions-" + name, clock));
  }

  /// One node after the other: a node needs a second for the answer.
  private void askForVersions(List<NodeEntry> due, Time time) {
    for (NodeEntry node : due) {
      if (!background.isClosed()) {
        versionsOf(node.name())
            .refreshNow(HOURLY, limit -> client.versions(node.name(), limit), time);
      }
    }
  }
}
