package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.config.Credential;
import io.github.proxmoxzfs.config.NodeFilter;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Surroundings;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.memory.ClusterMemory;
import io.github.proxmoxzfs.pve.AnswerListener;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import io.github.proxmoxzfs.pve.ZfsGuard;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Asks one cluster, within a deadline.
public final class ClusterScraper implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterScraper.class.getName());

  /// How old a list of nodes may be that serves as it is; a scrape brings a new one.
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final String cluster;
  private final ProxmoxClient client;
  private final NodeFilter includedNodes;
  private final Duration forgetAfter;
  private final Set<Collector> collectors;
  private final Map<String, String> locations;
  private final InstantSource clock;
  private final SharedReadings readings;
  private final FailureLog failures;
  private final UnknownTextLog unknownTexts;
  private final NodeClocks clocks;
  private final Background background = new Background();
  private final SurroundingsCollection surroundings;
  private final DiskCollection disks;
  private final RightsLog rights;
  private final ClusterMemory memory;
  private volatile Optional<KnownNodes> known = Optional.empty();
  private volatile boolean succeeded;

  /// The nodes that the cluster last listed.
  ///
  /// @param names those of them that are to be asked
  /// @param atNanos when, as of [Time#nanos()]
  private record KnownNodes(Set<String> names, long atNanos) {}

  /// @param client asks the cluster; it is closed with this
  ClusterScraper(
      ClusterConfiguration cluster,
      ProxmoxClient client,
      ClusterMemory memory,
      InstantSource clock) {
    this(cluster, client, clock, memory);
    memory.keepNodes(includedNodes::includes);
  }

  private ClusterScraper(
      ClusterConfiguration cluster,
      ProxmoxClient client,
      InstantSource clock,
      ClusterMemory memory) {
    this.cluster = cluster.name();
    this.client = client;
    this.memory = memory;
    this.clock = clock;
    this.includedNodes = cluster.nodes();
    this.forgetAfter = cluster.forgetAfter();
    this.collectors = cluster.collectors();
    this.locations = cluster.locations();
    this.failures = new FailureLog(cluster.name());
    this.unknownTexts = new UnknownTextLog(cluster.name());
    this.readings = new SharedReadings(client, cluster.requests().sharedFor());
    this.clocks =
        new NodeClocks(
            (node, deadline) -> readings.of(node).clock().ask(deadline).await(),
            cluster.timezone(),
            clock);
    this.surroundings =
        new SurroundingsCollection(
            client,
            background,
            Sources.neededBy(collectors),
            cluster.requests().sharedFor(),
            clock);
    this.disks =
        new DiskCollection(
            client, background, cluster.smart(), cluster.requests().perNode(), clock);
    this.rights = new RightsLog(cluster.name(), credential(cluster.credential()));
  }

  /// A scraper of one cluster, which has not connected yet.
  ///
  /// @param acceptLine makes of a certificate's fingerprint the line of configuration that would
  ///   accept it, for the log
  /// @param stateDirectory where what is to be remembered is kept across restarts; if empty, it is
  ///   remembered for as long as this scraper lives
  /// @param clock our clock
  public static ClusterScraper of(
      ClusterConfiguration cluster,
      UnaryOperator<String> acceptLine,
      Optional<Path> stateDirectory,
      InstantSource clock) {
    var client = new ProxmoxClient(Connections.of(cluster, acceptLine), clock);
    var memory = ClusterMemory.of(cluster.name(), cluster.forgetAfter(), stateDirectory, clock);
    return new ClusterScraper(cluster, client, memory, clock);
  }

  /// A scraper that remembers only for as long as it lives, and that somebody listens to.
  ///
  /// @param guard what is known of zfs requests of other processes
  public static ClusterScraper of(
      ClusterConfiguration cluster,
      UnaryOperator<String> acceptLine,
      InstantSource clock,
      AnswerListener listener,
      ZfsGuard guard) {
    var client = new ProxmoxClient(Connections.of(cluster, acceptLine), clock, listener, guard);
    var memory = ClusterMemory.of(cluster.name(), cluster.forgetAfter(), Optional.empty(), clock);
    return new ClusterScraper(cluster, client, memory, clock);
  }

  /// A scraper that remembers only for as long as it lives.
  public static ClusterScraper of(
      ClusterConfiguration cluster, UnaryOperator<String> acceptLine, InstantSource clock) {
    return of(cluster, acceptLine, Optional.empty(), clock);
  }

  /// Asks the whole cluster for what all collectors need that are on.
  public ClusterSnapshot collect(Deadline deadline) {
    return collect(new Scope.WholeCluster(), collectors, deadline);
  }

  /// Asks the cluster for what is known of it now, and adds what is remembered; answers by the
  /// deadline, whatever breaks, but for a fraction of a second.
  ///
  /// @param scope what to ask for. The snapshot holds all nodes that the cluster lists, those
  ///   outside of the scope with nothing but skipped readings; what is remembered of them stands in
  ///   it too
  /// @param wanted what the answer is to serve, of the collectors that are on
  public ClusterSnapshot collect(Scope scope, Set<Collector> wanted, Deadline deadline) {
    // Alone and first: what follows resumes its TLS session instead of making its own.
    SharedReading.Outcome<List<NodeEntry>> entries = readings.nodes().ask(deadline).await();
    ClusterSnapshot snapshot =
        collect(entries, scope, Sources.neededBy(wanted), deadline).withLocations(locations);
    rights.record(snapshot.surroundings().rights());
    failures.record(snapshot);
    unknownTexts.record(snapshot);
    LOG.log(
        Level.DEBUG,
        "Collected.",
        "cluster",
        cluster,
        "nodes",
        snapshot.nodes().asOptional().map(List::size).orElse(0));
    return memory.recall(snapshot);
  }

  /// What was done with the cluster's API so far, and how its endpoints are.
  public ApiActivity activity() {
    return client.activity();
  }

  /// Forgets a pool, with its scrub; one that is still there is known anew after the next
  /// collection.
  ///
  /// @return whether it was remembered
  public boolean forget(String node, String pool) {
    return memory.forget(node, pool);
  }

  /// Forgives what hangs on the cluster's nodes, since the operator may have mended it.
  public void tryAgain(Time time) {
    client.tryAgain(time);
  }

  /// A scraper of the same cluster under another configuration, which remembers what this one does.
  /// It is not to be asked before [#goOnAfter].
  public ClusterScraper successor(ClusterConfiguration other, UnaryOperator<String> acceptLine) {
    return new ClusterScraper(
        other, new ProxmoxClient(Connections.of(other, acceptLine), clock), clock, memory);
  }

  /// Takes the place of a scraper whose successor this is, with what that one knows of the nodes'
  /// troubles. What it still collects is remembered too; closing it leaves the memory open.
  public void goOnAfter(ClusterScraper predecessor) {
    client.goOnAfter(predecessor.client);
    memory.forgetAfter(forgetAfter);
    memory.keepNodes(includedNodes::includes);
    predecessor.succeeded = true;
  }

  /// The names of the nodes that are to be asked: those that the cluster lists, and those of
  /// remembered pools. The cluster is asked if it did not tell within the last minute; where it
  /// does not answer by the deadline, it is those that it last listed.
  public SortedSet<String> nodes(Deadline deadline) {
    long now = deadline.time().nanos();
    if (known.filter(last -> now - last.atNanos() < FRESH.toNanos()).isEmpty()) {
      readings
          .nodes()
          .ask(deadline)
          .await()
          .reading()
          .asOptional()
          .ifPresent(entries -> listed(entries, deadline.time()));
    }
    var nodes = new TreeSet<>(memory.nodes());
    known.ifPresent(last -> nodes.addAll(last.names()));
    return nodes;
  }

  private void listed(List<NodeEntry> entries, Time time) {
    Set<String> names =
        entries.stream()
            .map(NodeEntry::name)
            .filter(includedNodes::includes)
            .collect(Collectors.toUnmodifiableSet());
    known = Optional.of(new KnownNodes(names, time.nanos()));
  }

  /// Waits until nothing is asked in the background any more, at most until the deadline: a
  /// collection after that tells what those before it have begun to ask for.
  public void settle(Deadline deadline) {
    background.settle(deadline);
  }

  /// Asks the disks for SMART that an earlier collection has listed, one at a time on a node, and
  /// waits for their answers. It is for commands that ask for nothing else meanwhile: a service
  /// asks beside its collections.
  ///
  /// @param end when no other disk is begun to be asked
  public void askForSmart(Deadline end) {
    if (collectors.contains(Collector.SMART)) {
      disks.askAllForSmart(end);
    }
  }

  /// The same, and lists the disks anew, so that the next collection tells what they answered.
  ///
  /// @param end when no other disk is begun to be asked
  public void askForSmartToTell(Deadline end) {
    if (collectors.contains(Collector.SMART)) {
      disks.askAllForSmartAndConfirm(end);
    }
  }

  /// Asks one disk of each node for SMART, of those that an earlier collection has listed, and
  /// waits for the answers, at most until the deadline.
  ///
  /// @return what came of it, by node; nodes of which no disk is to be asked are not in it
  public Map<String, SmartTrial> tryForSmart(Deadline deadline) {
    return collectors.contains(Collector.SMART) ? disks.tryForSmart(deadline) : Map.of();
  }

  private ClusterSnapshot collect(
      SharedReading.Outcome<List<NodeEntry>> entries,
      Scope scope,
      Set<Source> wanted,
      Deadline deadline) {
    if (!(entries.reading() instanceof Reading.Ok<List<NodeEntry>>(var listed, var readAt))) {
      return new ClusterSnapshot(
          clock.instant(), entries.reading().then(_ -> new Reading.Skipped<>()), entries.took());
    }
    Set<String> names = listed.stream().map(NodeEntry::name).collect(Collectors.toSet());
    listed(listed, deadline.time());
    readings.keepNodes(names);
    disks.keepNodes(names);
    List<NodeEntry> included =
        listed.stream()
            .filter(entry -> includedNodes.includes(entry.name()))
            .sorted(Comparator.comparing(NodeEntry::name))
            .toList();
    Set<String> excluded =
        names.stream().filter(name -> !includedNodes.includes(name)).collect(Collectors.toSet());
    SurroundingsCollection.Pending pending =
        surroundings.begin(included, excluded, scope, wanted, deadline);
    List<NodeSnapshot> snapshots = collect(included, scope, wanted, deadline);
    Surroundings known = pending.await(snapshots, disks::took);
    disks.begin(
        snapshots.stream().filter(node -> scope.includesNode(node.name())).toList(),
        wanted,
        deadline.time());
    return new ClusterSnapshot(clock.instant(), new Reading.Ok<>(snapshots, readAt), entries.took())
        .withSurroundings(known);
  }

  private List<NodeSnapshot> collect(
      List<NodeEntry> included, Scope scope, Set<Source> wanted, Deadline deadline) {
    var nodes = new NodeCollection(readings, clocks, wanted);
    var pending = new LinkedHashMap<String, CompletableFuture<NodeSnapshot>>();
    for (NodeEntry entry : included) {
      pending.put(
          entry.name(),
          FanOut.begin(
              "node-" + entry.name(),
              deadline.time(),
              () ->
                  scope.includesNode(entry.name())
                      ? disks.renewed(nodes.collect(entry, deadline), wanted, deadline)
                      : notAsked(entry)));
    }
    var snapshots = new ArrayList<NodeSnapshot>();
    pending.forEach(
        (node, call) -> {
          NodeSnapshot snapshot =
              FanOut.await(
                  call,
                  Grace.ofOuter(Grace.of(deadline)),
                  new FanOut.Otherwise<>(
                      () -> NodeCollection.late(node), () -> NodeCollection.broken(node)));
          snapshots.add(
              disks.withDisks(snapshot.withResponsiveness(client.responsiveness(node)), wanted));
        });
    return snapshots;
  }

  private static String credential(Credential credential) {
    return switch (credential) {
      case Credential.Token(var id, _) -> id;
      case Credential.Password(var user, _) -> user;
    };
  }

  /// What stands for a node that is outside of the scope.
  private static NodeSnapshot notAsked(NodeEntry entry) {
    return new NodeSnapshot(
        entry.name(),
        entry.status() != NodeEntry.Status.OFFLINE,
        new Reading.Skipped<>(),
        new Reading.Skipped<>(),
        Map.of());
  }

  @Override
  public void close() {
    background.close();
    if (succeeded) {
      client.closeAfterTheLast();
    } else {
      client.close();
      memory.close();
    }
  }
}
