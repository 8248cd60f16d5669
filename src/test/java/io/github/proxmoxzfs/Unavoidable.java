package io.github.proxmoxzfs;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A difference between what ZFS knows and what we tell that comes of the way through `zpool
/// status` and Proxmox's API, or of the way in which the states were recorded.
///
/// Each explains series of some families, in the states that it names, and no others. A state that
/// does not need it any more fails.
enum Unavoidable {
  THREE_DIGITS(
      "ZFS prints three digits of a size, so it is off by half a percent at most",
      "pool_(scan_(scanned|issued|total|repaired)|last_scrub_repaired|removal_copied"
          + "|expansion_copied)_bytes|pool_checkpoint_bytes",
      """
      2.3.9/checkpoint-scrubbed
      2.3.9/draid-spare-rebuilding
      2.3.9/expand-done
      2.3.9/expand-paused-degraded
      2.3.9/rebuild-done-scrubbed
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      2.3.9/removal-done
      2.3.9/resilver-deferred
      2.3.9/resilver-done
      2.3.9/resilver-done-errors
      2.3.9/resilver-replace-1
      2.3.9/scrub-finished-errors
      2.3.9/scrub-finished-repaired
      2.3.9/scrub-paused
      2.3.9/scrub-paused-newyork
      2.3.9/scrub-progress-fast-1
      2.3.9/scrub-progress-just-started
      2.3.9/scrub-progress-repairing-1
      2.3.9/scrub-progress-slow-1
      2.3.9/spare-inuse-resilvering
      2.3.9/spare-shared
      2.3.9/time-scrub-26h-running
      """) {
    @Override
    boolean explains(double zfs, double ours) {
      return Math.abs(ours - zfs) <= zfs * 0.005;
    }
  },
  HUNDREDTH_OF_A_PERCENT(
      "ZFS prints two decimals of a percentage",
      "pool_(scan|removal|expansion)_progress_ratio",
      """
      2.3.9/draid-spare-rebuilding
      2.3.9/expand-paused-degraded
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      2.3.9/removal-progress
      2.3.9/resilver-replace-1
      2.3.9/scrub-paused
      2.3.9/scrub-paused-newyork
      2.3.9/scrub-progress-repairing-1
      2.3.9/spare-inuse-resilvering
      """) {
    @Override
    boolean explains(double zfs, double ours) {
      return Math.abs(ours - zfs) <= 0.000051;
    }
  },
  ASKED_LATER(
      "The JSON, and of 2.1 the exact counters, were asked for after the text, and the number had"
          + " grown meanwhile",
      "pool_(scan_(issued|repaired)_bytes|(scan|expansion)_progress_ratio|expansion_copied_bytes"
          + "|checkpoint_bytes)|vdev_checksum_errors",
      """
      2.1.11/scrub-progress-repairing
      2.3.9/checkpoint
      2.3.9/expand-done
      2.3.9/expand-progress-1
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      2.3.9/scrub-progress-fast-1
      2.3.9/scrub-progress-repairing-1
      2.3.9/scrub-progress-slow-1
      """) {
    @Override
    boolean explains(double zfs, double ours) {
      return ours > 0 && ours < zfs;
    }
  },
  RATES_ARE_RECKONED(
      "The JSON has no rates; those expected are reckoned from the moment of the recording, which"
          + " is some seconds off",
      "pool_scan_(scan|issue)_bytes_per_second|pool_(scan|removal|expansion)_remaining_seconds",
      """
      2.3.9/draid-spare-rebuilding
      2.3.9/expand-done
      2.3.9/expand-paused-degraded
      2.3.9/expand-progress-1
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      2.3.9/removal-progress
      2.3.9/resilver-deferred
      2.3.9/resilver-replace-1
      2.3.9/scrub-progress-fast-1
      2.3.9/scrub-progress-repairing-1
      2.3.9/scrub-progress-slow-1
      2.3.9/spare-inuse-resilvering
      """) {
    @Override
    boolean explains(double zfs, double ours) {
      return ours > zfs / 10 && ours < zfs * 10;
    }
  },
  TOO_SLOW_FOR_AN_ESTIMATE(
      "At the rate that is reckoned so ZFS would have given an estimate, at the one it printed it"
          + " does not",
      "pool_scan_remaining_seconds",
      "2.3.9/draid-spare-rebuilding") {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return ours.getOrDefault(
              series.replace("remaining_seconds", "issue_bytes_per_second"), Double.NaN)
          < 10 << 20;
    }
  },
  REBUILD_HIDES_SCRUB(
      "Where a vdev was ever rebuilt Proxmox keeps the rebuild's line only",
      "pool_(scan_\\w+\\[function=\"scrub\"|last_scrub|never_scrubbed)",
      """
      2.1.11/rebuild-progress
      2.3.9/rebuild-done-scrubbed
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      """) {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return true;
    }
  },
  ERROR_SCRUB_HIDES_SCRUB(
      "ZFS prints an error scrub in place of the scrub before it",
      "pool_(scan_\\w+\\[function=\"scrub\"|last_scrub|never_scrubbed)",
      """
      2.3.9/error-scrub-finished
      2.3.9/error-scrub-paused
      2.3.9/error-scrub-progress
      """) {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return true;
    }
  },
  NO_START_OF_A_REBUILD(
      "Of a finished rebuild ZFS prints the end and the time that it was active, which may be less"
          + " than the time since its start",
      "pool_scan_start_timestamp_seconds\\[function=\"rebuild\"",
      "2.3.9/rebuild-done-scrubbed") {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return true;
    }
  },
  NO_START_OF_A_CANCELED_SCAN(
      "Of a canceled scan ZFS prints the end only",
      "pool_scan_start_timestamp_seconds",
      "2.3.9/scrub-cancelled") {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return true;
    }
  },
  CLOCK_SET_BACK(
      "The scrub ended before it began, by the clock; ZFS prints a duration of millions of years",
      "pool_(scan_duration|scan_start_timestamp|last_scrub_duration)_seconds",
      "2.3.9/time-clock-back-done") {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return true;
    }
  },
  LOST_LETTER(
      "From 1024 on Proxmox drops the letter of an error counter",
      "vdev_(write_errors|errors_approximate)",
      """
      2.3.9/pool-suspended
      2.3.9/pool-suspended-counters-100k
      """) {
    @Override
    boolean explains(double zfs, double ours) {
      return zfs >= 1024 && ours > 0 && ours < zfs;
    }

    @Override
    boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
      return series.startsWith("zfs_vdev_errors_approximate")
          && zfs.get(series.replace("errors_approximate", "write_errors")) >= 1024;
    }
  },
  UNKNOWN_FRAGMENTATION_IS_ZERO(
      "ZFS prints a dash for a fragmentation that it does not know, and Proxmox makes 0 of it",
      "pool_fragmentation_ratio",
      """
      2.3.9/features-disabled
      2.3.9/legacy-version28
      """) {
    @Override
    boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
      return value == 0;
    }
  },
  ACTIVITY_NOT_IN_THE_JSON(
      "The JSON does not hold which leaves are initialized or rebuilt; the text does",
      "vdev_activity\\[activity=\"(initializing|resilvering)\"",
      """
      2.3.9/initialize-progress
      2.3.9/rebuild-progress-1
      2.3.9/rebuild-two-vdevs
      """) {
    @Override
    boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
      return value == 1;
    }
  },
  BLANK_IN_THE_NAME(
      "Proxmox cuts the name of the list at the blank, and finds no pool of that name",
      "pool_|vdev_",
      "2.3.9/pool-name-odd-trailing_") {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return series.contains("pool=\"trailing \"");
    }

    @Override
    boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
      Double known = zfs.get(series.replace("pool=\"trailing\"", "pool=\"trailing \""));
      return series.startsWith("zfs_pool_up[")
          ? value == 0
          : series.startsWith("zfs_pool_failure[") || (known != null && known == value);
    }
  },
  GUIDS_ARE_NOT_PRINTED(
      "zpool status prints the GUIDs of vanished leaves only",
      "vdev_info",
      """
      2.3.9/*
      -2.3.9/no-pools
      -2.3.9/pool-name-odd-trailing_
      """) {
    @Override
    boolean explainsMissing(String series, Map<String, Double> ours) {
      return ours.containsKey(series.replaceFirst("guid=\"\\d+\"", "guid=\"\""));
    }

    @Override
    boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
      return zfs.keySet().stream()
          .anyMatch(known -> known.replaceFirst("guid=\"\\d+\"", "guid=\"\"").equals(series));
    }
  };

  private final String reason;
  private final Pattern families;
  private final String states;

  /// @param families the beginning of the series' names, and perhaps of their labels
  /// @param states the states; `*` at the end stands for all that begin so, `-` excludes one
  Unavoidable(String reason, String families, String states) {
    this.reason = reason;
    this.families = Pattern.compile("zfs_(" + families + ").*");
    this.states = states;
  }

  boolean concerns(String state) {
    return statePatterns().stream().anyMatch(pattern -> matches(pattern, state))
        && !statePatterns().contains("-" + state);
  }

  /// The states as they are written down, those that are excluded too.
  List<String> statePatterns() {
    return List.of(states.strip().split("\\s+", -1));
  }

  static boolean matches(String pattern, String state) {
    return pattern.endsWith("*")
        ? state.startsWith(pattern.substring(0, pattern.length() - 1))
        : state.equals(pattern);
  }

  /// Whether it explains the difference at a series that is not the same in both.
  boolean explains(String series, Map<String, Double> zfs, Map<String, Double> ours) {
    if (!families.matcher(series).matches()) {
      return false;
    }
    Double known = zfs.get(series);
    Double told = ours.get(series);
    return known == null
        ? told != null && explainsUnexpected(series, told, zfs)
        : told == null ? explainsMissing(series, ours) : explains(known, told);
  }

  /// Whether it explains that a value is another one.
  boolean explains(double zfs, double ours) {
    return false;
  }

  /// Whether it explains that we do not tell what ZFS knows.
  boolean explainsMissing(String series, Map<String, Double> ours) {
    return false;
  }

  /// Whether it explains that we tell what ZFS does not say.
  boolean explainsUnexpected(String series, double value, Map<String, Double> zfs) {
    return false;
  }

  @Override
  public String toString() {
    return name() + " (" + reason + ")";
  }
}
