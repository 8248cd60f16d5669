package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets few requests at a time through to one node, whose API has three workers for everybody.
///
/// Place for what is known about a node that hangs: requests that never ended, and the one that
/// tries whether it is well again.
final class NodeGate {
  private final Semaphore slots;

  NodeGate(int requests) {
    this.slots = new Semaphore(requests, true);
  }

  /// Waits for a slot.
  ///
  /// @return whether there was one before the deadline; if so, [#leave] must follow
  boolean enter(Deadline deadline) {
    return enter(slots, deadline);
  }

  /// Gives the slot back.
  void leave() {
    slots.release();
  }

  /// Waits for a permit of a semaphore, at most until the deadline or an interrupt.
  static boolean enter(Semaphore semaphore, Deadline deadline) {
    try {
      return semaphore.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
