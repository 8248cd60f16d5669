package io.github.proxmoxzfs.pve;

import java.util.Optional;

/// Counts what is under way, and does something once nothing is.
final class UnderWay {
  private int count;
  private Optional<Runnable> atTheEnd = Optional.empty();

  synchronized void begin() {
    count++;
  }

  void end() {
    Optional<Runnable> action = Optional.empty();
    synchronized (this) {
      count--;
      if (count == 0) {
        action = atTheEnd;
        atTheEnd = Optional.empty();
      }
    }
    action.ifPresent(Runnable::run);
  }

  /// Does it once nothing is under way; now, if nothing is.
  void whenDone(Runnable action) {
    synchronized (this) {
      if (count > 0) {
        atTheEnd = Optional.of(action);
        return;
      }
    }
    action.run();
  }
}
