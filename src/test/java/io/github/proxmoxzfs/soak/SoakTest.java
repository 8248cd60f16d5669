package io.github.proxmoxzfs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.faults.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scrapes of the whole service under faults that come and go at random: each is answered in time,
/// nothing is made up, and when it is quiet again nothing is left over.
///
/// A short one each time. The long one: `-Dsoak.scrapes=20000`. The same seed plays the same
/// faults, though not at the same moments; `-Dsoak.seed=` plays others.
class SoakTest {
  private static final int SCRAPES = Integer.getInteger("soak.scrapes", 200);
  private static final long SEED = Long.getLong("soak.seed", 1);

  /// How many storms there are at least, with a quiet time after each.
  private static final int ROUNDS = Math.max(2, SCRAPES / 2000);

  /// Within this time all is well again, whatever was held back meanwhile.
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  private static final Duration QUIET = Duration.ofSeconds(30);

  /// How much more may be reachable than after the first round, by chance.
  private static final long HEAP_TOLERANCE = 6 << 20;

  @Test
  void nothingIsLeftOverAfterTrouble(@TempDir Path state) throws IOException {
    System.out.println("Soak of " + SCRAPES + " scrapes with -Dsoak.seed=" + SEED);
    var random = new SplittableRandom(SEED);
    Map<String, Long> threadsBefore = Possessions.threadsByName();
    try (var log = new SevereLines()) {
      try (var landscape = new Landscape(state)) {
        Map<String, Metrics> whole = whole(landscape);
        Possessions before = quiet(landscape, Possessions.of(landscape)).withHastyClient();
        System.out.println("Before: " + before);
        long heap = Long.MAX_VALUE - HEAP_TOLERANCE;
        for (int round = 1; round <= ROUNDS; round++) {
          var storm = new Storm(landscape, whole, SCRAPES / ROUNDS, random.split());
          storm.rage();
          System.out.println("Round " + round + ": " + storm);
          assertThat(storm.wrong()).isEmpty();
          recover(landscape, whole, log);
          Possessions after = quiet(landscape, before);
          System.out.println("After: " + after);
          assertThat(after.isBackTo(before))
              .describedAs("%s, more threads %s", after, after.threadsBeyond(before))
              .isTrue();
          assertThat(after.heapBytes()).isLessThan(heap + HEAP_TOLERANCE);
          heap = Math.min(heap, after.heapBytes());
        }
      }
      assertThat(log.lines()).isEmpty();
    }
    assertThat(left(threadsBefore)).isEmpty();
  }

  /// What a healthy scrape of each target has.
  private static Map<String, Metrics> whole(Landscape landscape) throws IOException {
    var whole = new HashMap<String, Metrics>();
    for (String target : Landscape.TARGETS) {
      Metrics healthy = scrape(landscape, target);
      assertThat(healthy.labels("proxmox_zfs_exporter_failure", "reason")).isEmpty();
      assertThat(healthy.values()).hasSizeGreaterThan(500);
      whole.put(target, healthy);
    }
    return whole;
  }

  private static Metrics scrape(Landscape landscape, String target) throws IOException {
    Client.Response response = Client.get(landscape.port(), "/probe?target=" + target, 20);
    assertThat(response.status()).isEqualTo(200);
    return Metrics.ofScrape(response.body());
  }

  /// Scrapes until nothing is missing.
  private static void recover(Landscape landscape, Map<String, Metrics> whole, SevereLines log)
      throws IOException {
    long end = System.nanoTime() + RECOVERY.toNanos();
    for (String target : Landscape.TARGETS) {
      Set<String> missing;
      do {
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        missing =
            scrape(landscape, target).differenceTo(whole.getOrDefault(target, Metrics.of("")));
      } while (!missing.isEmpty() && System.nanoTime() - end < 0);
      assertThat(missing.stream().filter(line -> !line.startsWith("- ")))
          .describedAs("%s misses %s, after%n%s%n", target, missing.size(), log.last())
          .isEmpty();
      assertThat(missing).isEmpty();
    }
  }

  /// What is held once nobody asks for a while.
  private static Possessions quiet(Landscape landscape, Possessions before) {
    long end = System.nanoTime() + QUIET.toNanos();
    Possessions now = Possessions.of(landscape);
    while ((now.toSimulators() > 0 || !now.isBackTo(before)) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      now = Possessions.of(landscape);
    }
    return now;
  }

  /// Threads that outlive the service.
  private static Map<String, Long> left(Map<String, Long> before) {
    var left = new HashMap<String, Long>();
    long end = System.nanoTime() + QUIET.toNanos();
    do {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      left.clear();
      Possessions.threadsByName()
          .forEach(
              (name, count) -> {
                if (count > before.getOrDefault(name, 0L)) {
                  left.put(name, count);
                }
              });
    } while (!left.isEmpty() && System.nanoTime() - end < 0);
    return left;
  }
}
