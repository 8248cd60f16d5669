package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.pve.ZfsGuard;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The [UnansweredGuard] of each cluster that a command looks at. To be closed before what asks is
/// closed: that ends questions which hang on.
final class UnansweredGuards implements AutoCloseable {
  /// Guards nothing: for simulated clusters, which end with the command.
  static final UnansweredGuards NONE =
      new UnansweredGuards(new UnansweredFile(Optional.empty(), _ -> {}), false, false);

  private final UnansweredFile file;
  private final boolean guards;
  private final boolean askAnyway;
  private final Map<String, UnansweredGuard> ofClusters = new HashMap<>();

  private UnansweredGuards(UnansweredFile file, boolean guards, boolean askAnyway) {
    this.file = file;
    this.guards = guards;
    this.askAnyway = askAnyway;
  }

  /// @param complain is told what is wrong with the file
  static UnansweredGuards of(
      Map<String, String> environment, boolean askAnyway, Consumer<String> complain) {
    var place = UnansweredFile.place(environment, System.getProperty("user.home", ""));
    return new UnansweredGuards(new UnansweredFile(place, complain), true, askAnyway);
  }

  /// The guard of a cluster.
  synchronized ZfsGuard of(ClusterConfiguration cluster) {
    return guards ? ofClusters.computeIfAbsent(cluster.name(), _ -> guard(cluster)) : ZfsGuard.NONE;
  }

  private UnansweredGuard guard(ClusterConfiguration cluster) {
    Executor later =
        CompletableFuture.delayedExecutor(
            UnansweredGuard.SLOW.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    return new UnansweredGuard(
        file,
        cluster.endpoints().stream()
            .map(URI::getAuthority)
            .map(authority -> authority.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        askAnyway,
        InstantSource.system(),
        later);
  }

  /// A look at a cluster has ended.
  synchronized void looked(ClusterConfiguration cluster) {
    UnansweredGuard guard = ofClusters.get(cluster.name());
    if (guard != null) {
      guard.looked();
    }
  }

  /// Has the process note what is unanswered when it is told to end (Ctrl-C).
  ///
  /// @param least how long a question must have been under way to be noted
  UnansweredGuards endedWithProcess(Duration least) {
    if (guards) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> end(least), "unanswered-zfs-questions"));
    }
    return this;
  }

  /// The nodes that were not asked because of earlier runs, each with why and what to do.
  synchronized List<String> refusals() {
    var all = new ArrayList<String>();
    ofClusters.values().forEach(guard -> all.addAll(guard.refusals()));
    return all;
  }

  /// No more is asked of a cluster: notes what it has not answered.
  ///
  /// @param least how long a question must have been under way to be noted
  synchronized void end(ClusterConfiguration cluster, Duration least) {
    UnansweredGuard guard = ofClusters.get(cluster.name());
    if (guard != null) {
      guard.end(least);
    }
  }

  private synchronized void end(Duration least) {
    ofClusters.values().forEach(guard -> guard.end(least));
  }

  /// Notes whatever is unanswered. What hangs for less than a moment hangs as well.
  @Override
  public void close() {
    end(Duration.ZERO);
  }
}
