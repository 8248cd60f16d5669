package io.github.proxmoxzfs.sim;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What pvestatd tells the cluster of its node every 10 s: as recorded at first, then moving with
/// the cluster's clock.
final class NodeStatistics {
  private static final long INTERVAL_SECONDS = 10;

  /// pve-cluster `status.c`, `rrd_entry_is_old`: what is older than 5 minutes is dropped, and
  /// without it `PVE/API2Tools.pm` calls the node `unknown`.
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final Set<String> FIELDS =
      Set.of("cpu", "maxcpu", "mem", "maxmem", "disk", "maxdisk", "uptime");

  private final Instant began;
  private Instant latest;
  private Optional<Instant> stoppedAt = Optional.empty();
  private Optional<Instant> bootedAt = Optional.empty();

  /// @param began when the simulator was started, to which the recorded numbers belong
  NodeStatistics(Instant began) {
    this.began = began;
    this.latest = began;
  }

  /// pvestatd hangs.
  synchronized void stop(Instant now) {
    stoppedAt = stoppedAt.or(() -> Optional.of(advanced(now)));
  }

  /// pvestatd goes on.
  synchronized void resume() {
    stoppedAt = Optional.empty();
  }

  /// The uptime starts anew.
  synchronized void reboot(Instant now) {
    bootedAt = Optional.of(advanced(now));
    stoppedAt = Optional.empty();
  }

  /// The node's row in `/nodes`.
  ///
  /// @param recorded the row as it was when the simulator was started; left alone without numbers
  synchronized Map<String, String> row(Map<String, String> recorded, Instant now) {
    var moment = advanced(now);
    var written = written(stoppedAt.orElse(moment));
    if (!recorded.containsKey("uptime") || (written.equals(began) && bootedAt.isEmpty())) {
      return recorded;
    }
    var row = new LinkedHashMap<>(recorded);
    if (Duration.between(written, moment).compareTo(KEPT) > 0) {
      row.keySet().removeAll(FIELDS);
      row.put("status", JsonText.quote("unknown"));
      return row;
    }
    var ticks = Duration.between(began, written).toSeconds() / INTERVAL_SECONDS;
    row.put("uptime", String.valueOf(uptime(recorded.getOrDefault("uptime", "0"), written)));
    // Up and down by a few percent, the same in each run.
    row.computeIfPresent("cpu", (_, cpu) -> changed(cpu, ticks * 7 % 10));
    row.computeIfPresent(
        "mem",
        (_, mem) -> new BigDecimal(mem).add(BigDecimal.valueOf(ticks % 97 * 4096)).toString());
    return row;
  }

  private long uptime(String recorded, Instant written) {
    return bootedAt
        .map(boot -> Math.max(1, Duration.between(boot, written).toSeconds()))
        .orElseGet(() -> Long.parseLong(recorded) + Duration.between(began, written).toSeconds());
  }

  private static String changed(String value, long percent) {
    return new BigDecimal(value)
        .multiply(BigDecimal.valueOf(100 + percent).movePointLeft(2))
        .toString();
  }

  /// When pvestatd wrote last.
  private Instant written(Instant moment) {
    var seconds = Duration.between(began, moment).toSeconds();
    return began.plusSeconds(seconds - seconds % INTERVAL_SECONDS);
  }

  /// The uptime of a node does not fall with its clock.
  private Instant advanced(Instant now) {
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }
}
