package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.MissingPool;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What is remembered of one cluster: the last completed scrub of each pool, which pools there
/// were, which disk each leaf was, and what disks told of themselves. May be used by several
/// scrapes at once.
public final class ClusterMemory implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterMemory.class.getName());

  /// How long the end of the process may wait for the disk.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String cluster;
  private Duration forgetAfter;
  private final InstantSource clock;
  private final Optional<MemoryWriter> writer;

  private Recollection memory;
  private Predicate<String> included = _ -> true;

  /// The part of the file about disks, until they change.
  private Optional<String> disksText = Optional.empty();

  private final Set<PoolKey> unlisted = new HashSet<>();

  private ClusterMemory(
      String cluster,
      Duration forgetAfter,
      InstantSource clock,
      Recollection memory,
      Optional<MemoryWriter> writer) {
    this.cluster = cluster;
    this.forgetAfter = forgetAfter;
    this.clock = clock;
    this.memory = memory;
    this.writer = writer;
  }

  /// The memory of a cluster, with what the state directory holds of it. Whatever is wrong with the
  /// directory or the file is logged, and costs only that memory.
  ///
  /// @param cluster the cluster's name
  /// @param forgetAfter how long a pool is told as missing before it is forgotten
  /// @param stateDirectory where memory is kept across restarts; in this process only if empty
  /// @param clock our clock
  public static ClusterMemory of(
      String cluster, Duration forgetAfter, Optional<Path> stateDirectory, InstantSource clock) {
    Optional<MemoryFile> file =
        stateDirectory.map(directory -> new MemoryFile(directory, cluster, clock));
    return new ClusterMemory(
        cluster,
        forgetAfter,
        clock,
        file.map(MemoryFile::read).orElse(Recollection.NOTHING),
        file.map(MemoryWriter::new));
  }

  /// Takes note of a collection, and gives it back with what is remembered beside it: the last
  /// scrub of each pool, and the pools that are missing.
  public synchronized ClusterSnapshot recall(ClusterSnapshot snapshot) {
    Recall.Result result = Recall.of(memory, snapshot, clock.instant(), forgetAfter);
    // One that began before a reload may hold nodes that are no longer to be asked.
    remember(result.memory().ofNodes(included));
    log(result);
    return result.snapshot();
  }

  /// Forgets a pool and its scrub; one that is still there is known anew after the next collection.
  ///
  /// @return whether it was remembered
  public synchronized boolean forget(String node, String pool) {
    var key = new PoolKey(node, pool);
    if (!memory.pools().containsKey(key)) {
      return false;
    }
    unlisted.remove(key);
    remember(memory.without(key));
    LOG.log(Level.INFO, "The pool is forgotten, as was told.", fields(key));
    return true;
  }

  /// Forgets the pools of all nodes that are not among those to be asked, now and later.
  public synchronized void keepNodes(Predicate<String> wanted) {
    included = wanted;
    memory = memory.ofNodes(wanted);
    disksText = Optional.empty();
  }

  /// Tells pools as missing for this long from now on.
  public synchronized void forgetAfter(Duration duration) {
    forgetAfter = duration;
  }

  /// The nodes whose pools are remembered.
  public synchronized Set<String> nodes() {
    return memory.pools().keySet().stream().map(PoolKey::node).collect(Collectors.toSet());
  }

  private void remember(Recollection newer) {
    if (!newer.disks().equals(memory.disks())) {
      disksText = Optional.empty();
    }
    memory = newer;
    writer.ifPresent(
        kept -> {
          String disks = disksText.orElseGet(() -> PoolSections.disks(newer));
          disksText = Optional.of(disks);
          kept.offer(PoolSections.write(newer, disks));
        });
  }

  private void log(Recall.Result result) {
    for (PoolKey key : result.forgotten()) {
      unlisted.remove(key);
      LOG.log(Level.INFO, "The pool was missing for too long and is forgotten.", fields(key));
    }
    for (MissingPool missing : result.snapshot().missingPools()) {
      var key = new PoolKey(missing.node(), missing.pool());
      if (missing.cause() == MissingPool.Cause.NOT_LISTED && unlisted.add(key)) {
        LOG.log(Level.WARNING, "The pool is not listed any more.", fields(key));
      }
    }
    result
        .snapshot()
        .forEachPool(
            (node, pool) -> {
              var key = new PoolKey(node.name(), pool.listing().name());
              if (unlisted.remove(key)) {
                LOG.log(Level.INFO, "The pool is listed again.", fields(key));
              }
            });
  }

  private Object[] fields(PoolKey key) {
    return new Object[] {"cluster", cluster, "node", key.node(), "pool", key.pool()};
  }

  /// Waits a little for what is being written.
  @Override
  public void close() {
    if (writer.isPresent() && !writer.get().close(PATIENCE)) {
      LOG.log(Level.WARNING, "Memory could not be kept in time.", "cluster", cluster);
    }
  }
}
