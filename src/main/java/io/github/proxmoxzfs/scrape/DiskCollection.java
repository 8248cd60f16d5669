package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.config.Smart;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.DiskIdentity;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeDisks;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.Source;
import io.github.proxmoxzfs.domain.Time;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevState;
import io.github.proxmoxzfs.pve.ProxmoxClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks the nodes for their disks, and the disks for SMART, beside the scrapes: each node when a
/// scrape is done with it, so that the next one finds it idle.
final class DiskCollection {
  static final Duration LIST_PERIOD = Duration.ofMinutes(10);

  /// Where a leaf changes with each scrape the list is yet not read with each.
  private static final Duration BETWEEN_LISTS = Duration.ofSeconds(30);

  /// How long after a scrape disks are begun to be asked for SMART: the next scrape is to find the
  /// node idle.
  private static final Duration PASS = Duration.ofSeconds(5);

  /// As long as a disk took the node is left alone before the next one, and for so long at least.
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  /// Nobody waits for SMART, but while the node is busy it is not worth waiting to be allowed.
  private static final Duration TURN = Duration.ofSeconds(2);

  /// What fails sooner was not asked at all.
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(25);

  private static final String LINKS = "/dev/disk/";

  private final ProxmoxClient client;
  private final Background background;
  private final Smart smart;
  private final boolean mayAskForSmart;
  private final InstantSource clock;
  private final Map<String, OfNode> nodes = new ConcurrentHashMap<>();

  /// @param perNode how many requests may be under way on a node; SMART leaves one slot free, so
  ///   with one only none is asked
  DiskCollection(
      ProxmoxClient client, Background background, Smart smart, int perNode, InstantSource clock) {
    this.client = client;
    this.background = background;
    this.smart = smart;
    this.mayAskForSmart = perNode > 1;
    this.clock = clock;
  }

  /// A leaf as it was when the list was read.
  ///
  /// @param state its state: when ZFS has opened it anew, it may be another disk
  private record Leaf(String pool, String name, VdevState state) {
    /// Whether its name is one that the kernel may give to another disk.
    private boolean mayMove() {
      return !name.startsWith(LINKS);
    }
  }

  /// A list of disks, and what there was when it was asked for.
  private record Listed(DiskList disks, Set<Leaf> leaves, Instant begun) {}

  /// What a node's pools showed last.
  ///
  /// @param statuses all of them; they are the very same objects as before where a pool shows the
  ///   same, so that comparing costs little
  /// @param vdevs their leaves
  private record Shown(List<NamedStatus> statuses, List<Vdev> vdevs, Set<Leaf> leaves) {
    private static final Shown NOTHING = new Shown(List.of(), List.of(), Set.of());
  }

  private record NamedStatus(String pool, PoolStatus status) {}

  /// What is known of a node.
  private final class OfNode {
    private final String node;
    private final KeptReading<Listed> list;
    private final SmartSchedule schedule = new SmartSchedule(smart);
    private volatile Shown shown = Shown.NOTHING;
    private volatile boolean askedSinceListed;

    private OfNode(String node) {
      this.node = node;
      this.list = new KeptReading<>("disks-" + node, clock);
    }

    private void saw(NodeSnapshot snapshot) {
      List<Pool> pools = snapshot.pools().asOptional().orElse(List.of());
      List<NamedStatus> statuses =
          pools.stream()
              .flatMap(
                  pool ->
                      pool.status().asOptional().stream()
                          .map(status -> new NamedStatus(pool.listing().name(), status)))
              .toList();
      if (snapshot.pools() instanceof Reading.Ok
          && statuses.size() == pools.size()
          && !statuses.equals(shown.statuses())) {
        shown =
            new Shown(
                statuses,
                pools.stream().flatMap(OfNode::leaves).toList(),
                pools.stream()
                    .flatMap(
                        pool ->
                            leaves(pool)
                                .map(
                                    leaf ->
                                        new Leaf(pool.listing().name(), leaf.name(), leaf.state())))
                    .collect(Collectors.toUnmodifiableSet()));
      }
    }

    private static Stream<Vdev> leaves(Pool pool) {
      return pool.status().asOptional().stream().flatMap(PoolStatus::allVdevs).filter(Vdev::leaf);
    }

    /// The list, unless names may have moved since it was read.
    private Reading<DiskList> disks() {
      return list.current()
          .then(
              ok ->
                  isOutdated(ok.value())
                      ? new Reading.Failed<>(
                          FailureReason.NOT_ASKED, "The disks are about to be listed anew.")
                      : new Reading.Ok<>(ok.value().disks(), ok.readAt()));
    }

    /// The same for a node whose requests hang, which is not asked any more: what it last told is
    /// not told as fresh for ever.
    private Reading<DiskList> disksOfUnresponsive() {
      return list.isTooOld()
          ? new Reading.Failed<>(
              FailureReason.STUCK, "The disks are not listed anew: zfs requests hang on the node.")
          : disks();
    }

    /// After a restart all names may have moved; those of the kernel may have whenever a leaf that
    /// goes by one has changed.
    private boolean isOutdated(Listed listed) {
      if (isBeforeRestart(listed)) {
        return true;
      }
      return changedSince(listed).stream().anyMatch(Leaf::mayMove);
    }

    private Set<Leaf> changedSince(Listed listed) {
      Set<Leaf> now = shown.leaves();
      if (now.equals(listed.leaves())) {
        return Set.of();
      }
      var changed = new HashSet<>(now);
      changed.removeAll(listed.leaves());
      return changed;
    }

    private boolean isBeforeRestart(Listed listed) {
      return client.runningSince(node).filter(since -> listed.begun().isBefore(since)).isPresent();
    }

    private Duration listPeriod() {
      boolean atOnce =
          list.current()
              .asOptional()
              .map(listed -> isBeforeRestart(listed) || !changedSince(listed).isEmpty())
              .orElse(false);
      return atOnce ? BETWEEN_LISTS : LIST_PERIOD;
    }

    private void ask(Set<Source> wanted, Time time) {
      Deadline end = Deadline.after(PASS, time);
      list.refreshNow(listPeriod(), this::askForList, LIST_PERIOD, time);
      if (!wanted.contains(Source.SMART) || !mayAskForSmart || !(disks() instanceof Reading.Ok)) {
        return;
      }
      askDisks(end, time);
      // So that the first answers are told soon; later ones wait for the next list.
      if (schedule.toldNothing() && schedule.waitsForList(shown.vdevs(), clock.instant())) {
        list.refreshNow(Duration.ZERO, this::askForList, LIST_PERIOD, time);
      }
    }

    private Map<DiskIdentity, SmartReading> smart() {
      return schedule.told(shown.vdevs(), clock.instant());
    }

    private void askAllForSmart(Deadline end) {
      disks().asOptional().ifPresent(_ -> askDisks(end, end.time()));
    }

    private void askAllForSmartAndConfirm(Deadline end) {
      askAllForSmart(end);
      if (askedSinceListed) {
        list.refreshNow(Duration.ZERO, this::askForList, LIST_PERIOD, end.time());
      }
    }

    private Optional<SmartTrial> tryForSmart(Time time) {
      Optional<SmartSchedule.Due> due =
          disks().asOptional().flatMap(_ -> schedule.due(shown.vdevs(), clock.instant()));
      return due.map(
          disk -> {
            long begun = time.nanos();
            Reading<SmartReport> outcome =
                client.smart(node, disk.path(), Deadline.after(TURN, time));
            return new SmartTrial(disk.path(), outcome, Duration.ofNanos(time.nanos() - begun));
          });
    }

    private void askDisks(Deadline end, Time time) {
      Optional<SmartSchedule.Due> due = schedule.due(shown.vdevs(), clock.instant());
      while (due.isPresent() && !end.isOver()) {
        long begun = time.nanos();
        if (!askForSmart(due.get(), time)) {
          return;
        }
        Duration took = Duration.ofNanos(time.nanos() - begun);
        due = schedule.due(shown.vdevs(), clock.instant());
        Duration pause = took.compareTo(SHORTEST_PAUSE) > 0 ? took : SHORTEST_PAUSE;
        if (due.isPresent() && !background.pause(Deadline.after(pause, time))) {
          return;
        }
      }
    }

    private Reading<Listed> askForList(Deadline deadline) {
      Set<Leaf> before = shown.leaves();
      Instant begun = clock.instant();
      askedSinceListed = false;
      Reading<DiskList> reading = client.disks(node, deadline);
      reading.asOptional().ifPresent(schedule::listed);
      return reading.then(
          ok -> new Reading.Ok<>(new Listed(ok.value(), before, begun), ok.readAt()));
    }

    /// @return whether it was asked; if not, the node is busy
    private boolean askForSmart(SmartSchedule.Due disk, Time time) {
      askedSinceListed = true;
      long begun = time.nanos();
      Reading<SmartReport> outcome = client.smart(node, disk.path(), Deadline.after(TURN, time));
      boolean failedSoon = time.nanos() - begun < SHORTEST_SILENCE.toNanos();
      boolean asked =
          outcome
              .failure()
              .filter(
                  reason ->
                      failedSoon
                          && (reason == FailureReason.NOT_ASKED
                              || reason == FailureReason.TIMED_OUT))
              .isEmpty();
      if (outcome instanceof Reading.Failed<SmartReport> failed
          && isOnTheWay(failed.reason(), failedSoon)) {
        schedule.unreached(disk, failed, clock.instant());
      } else if (asked) {
        schedule.asked(disk, outcome, clock.instant());
      }
      return asked;
    }

    /// Whether it is the node that failed, or the way to it: then nothing was learned of the disk.
    /// One of which nothing was heard for long may hang, and a worker of the node with it.
    private boolean isOnTheWay(FailureReason reason, boolean failedSoon) {
      return switch (reason) {
        case UNREACHABLE, TLS, UNAUTHORIZED, FORBIDDEN, NODE_OFFLINE, NODE_NOT_LISTED, STUCK ->
            true;
        case NODE_UNREACHABLE -> failedSoon || client.responsiveness(node).stuckRequests() == 0;
        case TIMED_OUT,
            NOT_ASKED,
            ZFS_NOT_INSTALLED,
            API_ERROR,
            MALFORMED,
            UNSUPPORTED_NAME,
            ZONE_UNKNOWN,
            INTERNAL ->
            false;
      };
    }
  }

  /// The node with what is known of its disks.
  NodeSnapshot withDisks(NodeSnapshot snapshot, Set<Source> wanted) {
    if (!wanted.contains(Source.DISKS) || !snapshot.online()) {
      return snapshot;
    }
    OfNode node = of(snapshot.name());
    node.saw(snapshot);
    Reading<DiskList> list =
        snapshot
            .responsiveness()
            .unresponsiveSince()
            .map(_ -> node.disksOfUnresponsive())
            .orElseGet(node::disks);
    return snapshot.withDisks(NodeDisks.of(list, node.smart()));
  }

  /// Where nobody has asked for long, asks for the list now, since the last one is too old to be
  /// told.
  ///
  /// @return the node as it was given
  NodeSnapshot renewed(NodeSnapshot snapshot, Set<Source> wanted, Deadline deadline) {
    OfNode node = of(snapshot.name());
    boolean answers = snapshot.online() && snapshot.pools() instanceof Reading.Ok;
    if (wanted.contains(Source.DISKS) && answers && node.list.isTooOld()) {
      node.list.refresh(LIST_PERIOD, node::askForList, background, deadline.time());
      node.list.awaitRenewal(deadline);
    }
    return snapshot;
  }

  /// How long the nodes' lists took.
  Optional<Duration> took(String node) {
    return of(node).list.took();
  }

  /// Begins to ask for what is due. Nodes whose zfs requests hang are spared.
  void begin(Collection<NodeSnapshot> snapshots, Set<Source> wanted, Time time) {
    if (!wanted.contains(Source.DISKS)) {
      return;
    }
    for (NodeSnapshot snapshot : snapshots) {
      boolean hangs = snapshot.responsiveness().unresponsiveSince().isPresent();
      if (snapshot.online() && !hangs) {
        OfNode node = of(snapshot.name());
        background.begin("disks-" + snapshot.name(), time, () -> node.ask(wanted, time));
      }
    }
  }

  /// Asks all disks for SMART that are known by now and to be asked, one at a time on a node, and
  /// waits for the end: for who asks for nothing else meanwhile, so that a node's other slot need
  /// not be kept free.
  void askAllForSmart(Deadline end) {
    onEachNode(end, node -> node.askAllForSmart(end));
  }

  /// The same, so that the next collection tells the answers: one counts once a list that was read
  /// after it has the disk under the same name.
  void askAllForSmartAndConfirm(Deadline end) {
    onEachNode(end, node -> node.askAllForSmartAndConfirm(end));
  }

  private void onEachNode(Deadline end, Consumer<OfNode> task) {
    List<CompletableFuture<Boolean>> all =
        nodes.values().stream()
            .map(
                node ->
                    FanOut.begin(
                        "smart-" + node.node,
                        end.time(),
                        () -> {
                          task.accept(node);
                          return true;
                        }))
            .toList();
    Deadline last = Deadline.after(end.left().plus(KeptReading.PATIENCE), end.time());
    all.forEach(one -> FanOut.await(one, last, new FanOut.Otherwise<>(() -> false, () -> false)));
  }

  /// Asks a disk of each node for SMART, and waits for the answers; likewise.
  Map<String, SmartTrial> tryForSmart(Deadline deadline) {
    var begun = new HashMap<String, CompletableFuture<Optional<SmartTrial>>>();
    nodes.forEach(
        (name, node) ->
            begun.put(
                name,
                FanOut.begin(
                    "smart-" + name, deadline.time(), () -> node.tryForSmart(deadline.time()))));
    var trials = new HashMap<String, SmartTrial>();
    begun.forEach(
        (name, trial) ->
            FanOut.await(
                    trial,
                    deadline,
                    new FanOut.Otherwise<>(Optional::<SmartTrial>empty, Optional::empty))
                .ifPresent(one -> trials.put(name, one)));
    return Map.copyOf(trials);
  }

  /// Drops what belongs to nodes that the cluster has no longer.
  void keepNodes(Set<String> present) {
    nodes.keySet().retainAll(present);
  }

  private OfNode of(String node) {
    return nodes.computeIfAbsent(node, OfNode::new);
  }
}
