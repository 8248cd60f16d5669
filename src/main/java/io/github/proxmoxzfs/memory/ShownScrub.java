package io.github.proxmoxzfs.memory;

import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Instant;

/// Reads from a pool's own answer what it shows of its last completed scrub.
final class ShownScrub {
  private ShownScrub() {}

  /// The last completed scrub; [ScrubHistory.Never] where the answer shows that there was none;
  /// [ScrubHistory.Unknown] where it shows nothing of it: another scan is in its place, or the
  /// answer or the node's zone could not be read.
  static ScrubHistory of(Reading<PoolStatus> status, Reading<NodeClock> clock) {
    return switch (status) {
      case Reading.Ok<PoolStatus>(PoolStatus read, Instant readAt) -> of(read, readAt, clock);
      case Reading.Failed<PoolStatus> _, Reading.Skipped<PoolStatus> _ ->
          new ScrubHistory.Unknown();
    };
  }

  private static ScrubHistory of(PoolStatus status, Instant readAt, Reading<NodeClock> clock) {
    return switch (status.scan().orElseGet(Scan.None::new)) {
      case Scan.None _ ->
          status.errorScrub().isEmpty() && isReadable(status)
              ? new ScrubHistory.Never()
              : new ScrubHistory.Unknown();
      case Scan.Finished scan when scan.subject().function() == Scan.Function.SCRUB ->
          clock
              .asOptional()
              .<ScrubHistory>map(known -> completed(scan, known.instantOf(scan.ended(), readAt)))
              .orElseGet(ScrubHistory.Unknown::new);
      case Scan.Finished _, Scan.InProgress _, Scan.Paused _, Scan.Canceled _, Scan.Unknown _ ->
          new ScrubHistory.Unknown();
    };
  }

  private static ScrubHistory.Completed completed(Scan.Finished scan, Instant ended) {
    return new ScrubHistory.Completed(ended, scan.errors(), scan.processedBytes(), scan.duration());
  }

  /// Whether ZFS opened the pool, so that what it does not show is not there. Of a pool that it
  /// could not open ZFS shows no scan, up to 0.8 even `none requested`, and no `errors`
  /// (`print_scan_status` and `show_import` of `zpool_main.c`).
  private static boolean isReadable(PoolStatus status) {
    boolean opened =
        switch (status.health()) {
          case ONLINE, DEGRADED, SUSPENDED -> true;
          case FAULTED, UNAVAIL, OFFLINE, REMOVED, UNKNOWN -> false;
        };
    return opened && !(status.dataErrors() instanceof DataErrors.Unavailable);
  }
}
