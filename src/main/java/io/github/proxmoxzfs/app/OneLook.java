package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.config.ClusterConfiguration;
import io.github.proxmoxzfs.config.Requests;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.scrape.ClusterScraper;
import java.time.Duration;
import java.util.function.Consumer;

/// How commands that look at a cluster once do so.
final class OneLook {
  /// As a scrape of Prometheus with its default timeout.
  private static final Duration PATIENCE = Duration.ofMillis(9500);

  /// Longer than any look: what is told twice is asked once.
  private static final Duration SHARED_FOR = Duration.ofMinutes(2);

  private OneLook() {}

  /// The cluster with the requests of a command: one at a time on a node, since each run that meets
  /// a hung pool leaves a stuck API worker behind. A node has three for everybody.
  static ClusterConfiguration gentle(ClusterConfiguration cluster) {
    Requests configured = cluster.requests();
    return cluster.withRequests(new Requests(1, configured.inFlight(), configured.sharedFor()));
  }

  /// The same for a command that looks only once.
  static ClusterConfiguration once(ClusterConfiguration cluster) {
    return cluster.withRequests(new Requests(1, cluster.requests().inFlight(), SHARED_FOR));
  }

  /// How long a look may take.
  static Duration patience(ClusterConfiguration cluster) {
    return cluster.timeout().compareTo(PATIENCE) < 0 ? cluster.timeout() : PATIENCE;
  }

  /// Collects, waits for what is asked beside a collection, and tells both.
  static ClusterSnapshot whole(
      ClusterScraper scraper, ClusterConfiguration cluster, Scope scope, Duration patience) {
    return after(scraper::settle, scraper, cluster, scope, patience);
  }

  /// The same with what the disks say of themselves, as far as they do in that time: what was begun
  /// is waited for, since a request that is left alone keeps an API worker of its node busy.
  static ClusterSnapshot wholeWithSmart(
      ClusterScraper scraper, ClusterConfiguration cluster, Scope scope, Duration patience) {
    return after(
        deadline -> {
          scraper.settle(deadline);
          scraper.askForSmartToTell(deadline);
        },
        scraper,
        cluster,
        scope,
        patience);
  }

  private static ClusterSnapshot after(
      Consumer<Deadline> asking,
      ClusterScraper scraper,
      ClusterConfiguration cluster,
      Scope scope,
      Duration patience) {
    Deadline deadline = Deadline.after(patience);
    scraper.collect(scope, cluster.collectors(), deadline);
    asking.accept(deadline);
    return scraper.collect(scope, cluster.collectors(), Deadline.after(patience));
  }
}
