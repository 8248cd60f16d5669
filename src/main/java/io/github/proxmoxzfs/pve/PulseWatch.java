package io.github.proxmoxzfs.pve;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches whether a node's statistics move, stand still, or start anew.
///
/// On a node whose pool hangs, `pvestatd` hangs too once it looks at a storage on that pool: its
/// numbers stand still, and move again when the pool answers.
final class PulseWatch {
  /// For how long numbers must have been seen unchanged to count as standing still: several of
  /// pvestatd's periods.
  static final Duration STILL = Duration.ofMinutes(1);

  /// What an observation shows.
  enum Sign {
    NOTHING,
    /// The numbers moved, and had not stood still.
    GOES_ON,
    /// Its uptime fell: it was restarted, or what was shown before was newer.
    RESTARTED,
    /// The numbers move again after having stood still.
    MOVED
  }

  private @Nullable Pulse last;
  private long firstSeenNanos;
  private long lastSeenNanos;
  private long writtenAfterNanos;
  private long uptimeSeconds = -1;

  /// Takes note of the node's row in `/nodes`.
  ///
  /// @param pulse empty where the cluster has no statistics of the node (status `unknown`)
  Sign seen(Optional<Pulse> pulse, long nowNanos) {
    if (pulse.isEmpty()) {
      lastSeenNanos = nowNanos;
      return Sign.NOTHING;
    }
    Pulse current = pulse.get();
    if (current.uptimeSeconds().isPresent()) {
      long before = uptimeSeconds;
      uptimeSeconds = current.uptimeSeconds().getAsLong();
      if (uptimeSeconds < before) {
        begin(current, nowNanos);
        return Sign.RESTARTED;
      }
    }
    Pulse known = last;
    if (current.equals(known)) {
      lastSeenNanos = nowNanos;
      return Sign.NOTHING;
    }
    boolean stoodStill = known != null && lastSeenNanos - firstSeenNanos >= STILL.toNanos();
    begin(current, nowNanos);
    if (known == null) {
      return Sign.NOTHING;
    }
    return stoodStill ? Sign.MOVED : Sign.GOES_ON;
  }

  /// Takes note that the cluster counts the node as offline: its numbers say nothing meanwhile.
  void offline() {
    last = null;
  }

  /// After which moment the numbers were written that were seen last: when those before them were
  /// still shown.
  long writtenAfterNanos() {
    return writtenAfterNanos;
  }

  private void begin(Pulse current, long nowNanos) {
    last = current;
    writtenAfterNanos = lastSeenNanos;
    firstSeenNanos = nowNanos;
    lastSeenNanos = nowNanos;
  }
}
