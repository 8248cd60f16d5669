package io.github.proxmoxzfs.status;

import java.util.Locale;

/// How grave it is, from the best to the worst. `status` and `check` exit with the code of the
/// worst that they tell.
public enum Severity {
  HEALTHY(0),
  /// To be looked at within days.
  WARNING(1),
  /// To be looked at now, or nothing can be seen.
  CRITICAL(2);

  private final int exitCode;

  Severity(int exitCode) {
    this.exitCode = exitCode;
  }

  /// The exit code of a command that tells this.
  public int exitCode() {
    return exitCode;
  }

  /// The name in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The worse one of this and another.
  public Severity orWorse(Severity other) {
    return other.compareTo(this) > 0 ? other : this;
  }
}
