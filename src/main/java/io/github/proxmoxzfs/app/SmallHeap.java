package io.github.proxmoxzfs.app;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps the heap in proportion to what is alive in it.
///
/// The serial collector would rather let the old generation grow to the greatest size allowed than
/// look for garbage in it, so that the exporter of a single cluster came to take all the memory
/// that a hundred clusters may need. Therefore a full collection is asked for whenever the heap in
/// use has doubled since the last one.
final class SmallHeap {
  /// Below this much in use nothing is done: a collection would give little back.
  private static final long LEAST_BYTES = 8L << 20;

  private static final int GROWTH = 2;

  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final LongSupplier bytesInUse;
  private final Runnable collection;
  private long mostBytes = LEAST_BYTES;

  /// A heap to be kept small.
  ///
  /// @param bytesInUse what is in use, garbage included
  /// @param collection gives the garbage back
  SmallHeap(LongSupplier bytesInUse, Runnable collection) {
    this.bytesInUse = bytesInUse;
    this.collection = collection;
  }

  /// Watches this process's heap until the thread is interrupted.
  static Thread watch() {
    var runtime = Runtime.getRuntime();
    var heap = new SmallHeap(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
    return Thread.ofVirtual().name("small-heap").start(heap::lookRegularly);
  }

  private void lookRegularly() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Collects the garbage if the heap in use has doubled since it was last collected.
  void look() {
    if (bytesInUse.getAsLong() > mostBytes) {
      collection.run();
      mostBytes = Math.max(LEAST_BYTES, GROWTH * bytesInUse.getAsLong());
    }
  }
}
