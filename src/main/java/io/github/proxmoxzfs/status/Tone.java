package io.github.proxmoxzfs.status;

/// What a piece of text means, from which its colour follows.
public enum Tone {
  PLAIN,
  /// What a line is about.
  STRONG,
  /// What is there for completeness.
  FAINT,
  GOOD,
  /// What is going on.
  RUNNING,
  WARNING,
  CRITICAL;

  /// The tone of what is so grave.
  public static Tone of(Severity severity) {
    return switch (severity) {
      case HEALTHY -> GOOD;
      case WARNING -> WARNING;
      case CRITICAL -> CRITICAL;
    };
  }
}
