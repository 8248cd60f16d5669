package io.github.proxmoxzfs.faults;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A fault in a phase, of the first of one or two endpoints.
record Cell(Fault fault, Phase phase, int endpoints) {
  /// A short one where the fault is silence, all of which is waited for.
  private static final Duration FOR_SILENCE = Duration.ofSeconds(4);

  /// What Prometheus' default of 10 s leaves; a silent endpoint is left after a part of it.
  private static final Duration USUAL = Duration.ofMillis(9500);

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  /// What came of it.
  ///
  /// @param during the scrape in which it struck
  /// @param took how long that took
  /// @param allowed how long it might have taken
  /// @param after the first scrape without loss after the fault, or the third one
  record Outcome(Metrics during, Duration took, Duration allowed, Metrics after) {}

  /// The reason that is to be told, or [Fault#NOTHING]; several where it depends on what TCP
  /// delivers.
  Set<String> expected() {
    return Set.of(fault.expected(phase, endpoints).split("\\|", -1));
  }

  /// Lets it happen in a scrape of a fresh exporter, and mends it.
  ///
  /// @param whole a scrape without fault
  /// @param paths all that such a scrape asks for
  Outcome play(Metrics whole, Set<String> paths) {
    try (var scene = new Scene(endpoints)) {
      var striking = new Striking(scene, phase.before(paths));
      scene.watchedBy(striking);
      boolean silence = endpoints == 1 && expected().contains("timed_out");
      Duration allowed = silence ? FOR_SILENCE : USUAL;
      long began = System.nanoTime();
      Metrics during = scene.scrape(allowed);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      striking.check();
      scene.watchedBy(scene);
      scene.mend(phase);
      Metrics after = during;
      // The first one may share what was under way.
      for (int scrapes = 0; scrapes < 3 && !after.differenceTo(whole).isEmpty(); scrapes++) {
        scene.ours().jump(Duration.ofMinutes(11)); // whatever is held back is so no longer
        scene.theirs().jump(Duration.ofMinutes(11));
        after = scene.scrape(ENOUGH);
      }
      return new Outcome(during, took, allowed, after);
    }
  }

  /// Strikes as the phase's question is about to be sent, once the answers before it are there.
  private final class Striking implements WatchedHttpClient.Watch {
    private final Scene scene;
    private final Set<String> awaited;
    private final CountDownLatch others;
    private final AtomicBoolean struck = new AtomicBoolean();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    Striking(Scene scene, Set<String> awaited) {
      this.scene = scene;
      this.awaited = awaited;
      this.others = new CountDownLatch(awaited.size());
    }

    @Override
    public void sending(String path) {
      if (path.equals(phase.path()) && struck.compareAndSet(false, true)) {
        try {
          broken = !others.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        fault.strike().at(scene, phase);
      }
    }

    @Override
    public void ended(String path) {
      if (awaited.contains(path) && ended.add(path)) {
        others.countDown();
      }
    }

    void check() {
      if (!struck.get() || broken) {
        throw new IllegalStateException("the fault did not strike as it should have: " + ended);
      }
    }
  }

  @Override
  public String toString() {
    return fault.description()
        + " at "
        + phase.label()
        + (endpoints == 1 ? "" : ", beside another endpoint");
  }
}
