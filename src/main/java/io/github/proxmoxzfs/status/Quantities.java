package io.github.proxmoxzfs.status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as people read them.
public final class Quantities {
  private static final String[] UNITS = {"B", "K", "M", "G", "T", "P", "E"};

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private Quantities() {}

  /// Bytes to three digits, in powers of 1024 as `zpool` has them.
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1023.5 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String digits = unit == 0 || value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, digits, value) + UNITS[unit];
  }

  /// A ratio as a percentage without decimals; nothing but all is 100 %.
  public static String percent(double ratio) {
    long percent = ratio < 1 ? (long) Math.floor(ratio * 100) : Math.round(ratio * 100);
    return percent + "%";
  }

  /// A percentage with one decimal, as of a progress.
  public static String progress(double ratio) {
    return String.format(Locale.ROOT, "%.1f%%", ratio * 100);
  }

  /// A duration by its two greatest units: `3d4h`, `5h38m`, `12m`, `8s`.
  public static String duration(Duration duration) {
    long seconds = duration.abs().toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 24) {
      return pair(hours, "h", minutes % 60, "m");
    }
    return pair(hours / 24, "d", hours % 24, "h");
  }

  /// How long a call took.
  public static String took(Duration duration) {
    return duration.compareTo(Duration.ofSeconds(10)) < 0
        ? duration.toMillis() + "ms"
        : duration(duration);
  }

  private static String pair(long great, String greatUnit, long small, String smallUnit) {
    return great + greatUnit + (small == 0 ? "" : small + smallUnit);
  }

  /// `3d ago`, or of a moment to come `in 3d`.
  public static String ago(Instant moment, Instant now) {
    Duration age = Duration.between(moment, now);
    return age.isNegative() ? "in " + duration(age) : duration(age) + " ago";
  }

  /// A date to the minute, as a node printed it.
  public static String date(LocalDateTime date) {
    return MINUTE.format(date);
  }

  /// A moment to the minute, in a zone.
  public static String date(Instant moment, ZoneId zone) {
    return MINUTE.format(moment.atZone(zone));
  }
}
