package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Time;
import java.util.Optional;

/// A request under way, from the moment it got its turn. Compared by identity: the same question
/// may be under way twice.
final class Call {
  /// How a call ended.
  enum Ending {
    /// The node answered, if only to say that it cannot.
    ANSWERED,
    /// No answer, or none that the node itself gave, and nothing was lost there.
    NOT_SERVED,
    /// No answer, and the node may still be at it.
    LOST,
    /// The connection broke off, or the endpoint was silent too, after the node had been silent for
    /// a while: it may still be at it, and nobody will tell.
    ABANDONED
  }

  private final Optional<String> node;
  private final Work work;
  private final String path;
  private final boolean canary;
  private final Time time;
  private final long begunNanos;

  /// @param node the node that serves it; none where the endpoint does
  /// @param work what the node does for it
  /// @param path what is asked
  /// @param canary whether it tries if the node answers again
  /// @param time the time in which it began, now
  Call(Optional<String> node, Work work, String path, boolean canary, Time time) {
    this.node = node;
    this.work = work;
    this.path = path;
    this.canary = canary;
    this.time = time;
    this.begunNanos = time.nanos();
  }

  Optional<String> node() {
    return node;
  }

  boolean isZfs() {
    return work == Work.ZFS;
  }

  boolean isSmart() {
    return work == Work.SMART;
  }

  String path() {
    return path;
  }

  boolean isCanary() {
    return canary;
  }

  Time time() {
    return time;
  }

  long begunNanos() {
    return begunNanos;
  }
}
