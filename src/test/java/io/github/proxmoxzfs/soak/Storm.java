package io.github.proxmoxzfs.soak;

import io.github.proxmoxzfs.faults.Metrics;
import io.github.proxmoxzfs.sim.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Scrapes under trouble, and what was wrong with them.
final class Storm {
  private static final int SCRAPERS = Integer.getInteger("soak.scrapers", 8);
  private static final int BAD_CLIENTS = 3;

  /// From so many scrapes on a pool hangs in peace in the last third of them: for long enough to
  /// count as stuck.
  private static final int LONG = 1000;

  private static final Duration A_WHILE = Duration.ofSeconds(25);
  private static final Duration DOZE = Duration.ofMillis(5);
  private static final int TROUBLES_AT_A_TIME = 4;

  /// What a client may wait beyond its patience, beside the time in which this machine did other
  /// things.
  private static final Duration LATE = Duration.ofSeconds(2);

  /// What may be there beside the series of a healthy scrape, or have another value.
  private static final Pattern TELLS_OF_TROUBLE =
      Pattern.compile(
          "(proxmox_zfs_exporter_(failure|cluster_up|node_up|node_online|node_stuck_requests"
              + "|node_unresponsive_since_timestamp_seconds)"
              + "|zfs_scrape_collector_success|zfs_pool_(failure|up|present)"
              + "|zfs_zpool_parsing_error)(\\{.*| .*)");

  private final Landscape landscape;
  private final Map<String, Metrics> whole;
  private final SplittableRandom random;
  private final AtomicInteger left;
  private final int calm;
  private final AtomicLong delayedNanos = new AtomicLong();
  private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
  private final Set<String> wrong = new ConcurrentSkipListSet<>();
  private final Map<String, AtomicInteger> reasons = new ConcurrentSkipListMap<>();

  /// @param whole what a healthy scrape of each target has
  Storm(Landscape landscape, Map<String, Metrics> whole, int scrapes, SplittableRandom random) {
    this.landscape = landscape;
    this.whole = whole;
    this.random = random;
    this.left = new AtomicInteger(scrapes);
    this.calm = scrapes >= LONG ? scrapes / 3 : 0;
  }

  /// Lets it rage until all scrapes are answered, and ends all trouble.
  void rage() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Simulator simulator : landscape.simulators()) {
        SplittableRandom own = random.split();
        threads.execute(() -> trouble(simulator, own));
      }
      for (int i = 0; i < SCRAPERS; i++) {
        SplittableRandom own = random.split();
        threads.execute(() -> scrape(own));
      }
      Thread.ofPlatform().name("soak-delays").start(this::measureDelays);
      for (int i = 0; i < BAD_CLIENTS; i++) {
        SplittableRandom own = random.split();
        threads.execute(
            () -> {
              while (left.get() > 0) {
                Client.misbehave(landscape.port(), own);
              }
            });
      }
    }
    landscape.simulators().forEach(Trouble::end);
  }

  /// Adds up by how much a thread that wants to sleep for a moment wakes too late: no fault of
  /// anybody but the machine.
  private void measureDelays() {
    while (left.get() > 0) {
      long began = System.nanoTime();
      pause(DOZE);
      delayedNanos.addAndGet(Math.max(0, System.nanoTime() - began - 2 * DOZE.toNanos()));
    }
  }

  private void trouble(Simulator at, SplittableRandom own) {
    try {
      var trouble = new Trouble(own);
      var active = new ArrayDeque<Runnable>();
      while (left.get() > calm) {
        active.add(trouble.begin(at));
        if (active.size() > own.nextInt(TROUBLES_AT_A_TIME)) {
          active.remove().run();
        }
        pause(Duration.ofMillis(own.nextInt(50, 1000)));
      }
      if (calm > 0) {
        Trouble.end(at);
        pause(A_WHILE); // so that the uptime falls when the node is started anew
        at.hang("pve2", "media");
      }
    } catch (RuntimeException failure) {
      wrong.add("the simulator: " + failure);
    }
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }

  private void scrape(SplittableRandom own) {
    while (left.getAndDecrement() > 0) {
      double timeout = own.nextInt(4, 30) / 10.0;
      String target = Landscape.TARGETS.get(own.nextInt(Landscape.TARGETS.size()));
      String path =
          switch (own.nextInt(8)) {
            case 0 -> "/metrics";
            case 1 -> "/probe?target=" + target + "&node=pve2";
            case 2 -> "/probe?target=" + target + "&scope=cluster";
            case 3 -> "/probe?target=" + target + "&collect[]=pool";
            default -> "/probe?target=" + target;
          };
      long delayed = delayedNanos.get();
      try {
        Client.Response response = Client.get(landscape.port(), path, timeout);
        var excused = Duration.ofNanos(delayedNanos.get() - delayed);
        check(path, target, timeout, response, excused);
      } catch (IOException | RuntimeException failure) {
        wrong.add(path + ": " + failure);
      }
      pause(Duration.ofMillis(own.nextInt(200)));
    }
  }

  private void check(
      String path, String target, double timeout, Client.Response response, Duration excused) {
    if (response.status() != 200) {
      wrong.add(path + ": status " + response.status());
      return;
    }
    long late = response.took().toMillis() - (long) (1000 * timeout) - excused.toMillis();
    latestMillis.accumulateAndGet(late, Math::max);
    if (late > LATE.toMillis()) {
      wrong.add(path + String.format(Locale.ROOT, ": %d ms after %s s", late, timeout));
    }
    if (path.startsWith("/probe")) {
      Metrics metrics = Metrics.ofScrape(response.body());
      metrics
          .labels("proxmox_zfs_exporter_failure", "reason")
          .forEach(
              reason ->
                  reasons.computeIfAbsent(reason, _ -> new AtomicInteger()).incrementAndGet());
      metrics.differenceTo(whole.getOrDefault(target, metrics)).stream()
          .filter(line -> !line.startsWith("- "))
          .filter(line -> !TELLS_OF_TROUBLE.matcher(line.substring(2)).matches())
          .forEach(line -> wrong.add(path + ": " + line));
    }
  }

  /// What was wrong, a line each.
  Set<String> wrong() {
    return Collections.unmodifiableSet(wrong);
  }

  @Override
  public String toString() {
    return "at the latest %d ms after its time; scrapes by reason %s"
        .formatted(latestMillis.get(), reasons);
  }
}
