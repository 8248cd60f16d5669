package io.github.proxmoxzfs.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// How time passes for the simulator: all its waiting goes through here, but for reading from
/// sockets and the functions given to [Simulator#answer]. A test that plays hours gives one whose
/// clock it moves by hand. The simulator keeps no threads for what is in work: calls end when the
/// next one who looks finds that their time is over.
///
/// `end` is completed by another thread, at any time, or was completed before.
public interface Waiting {
  /// Nanoseconds since some moment; never goes back, whatever the cluster's clock does.
  long nanoTime();

  /// Waits until `end` completes or the time is over.
  ///
  /// @param end what ends the wait early; how it completed does not matter
  /// @param atMost the longest wait; zero or less does not wait
  /// @return whether `end` completed
  /// @throws InterruptedException if the thread is interrupted: the client has gone
  boolean await(CompletableFuture<?> end, Duration atMost) throws InterruptedException;

  /// Waits until `end` completes, however long that takes.
  ///
  /// @param end what ends the wait
  /// @throws InterruptedException if the thread is interrupted: the client has gone
  void await(CompletableFuture<?> end) throws InterruptedException;

  /// Waits in real time.
  static Waiting inRealTime() {
    return RealTime.INSTANCE;
  }
}
