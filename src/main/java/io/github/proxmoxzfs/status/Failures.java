package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.FailureReason;

/// Why something could not be read, as people read it.
public final class Failures {
  private Failures() {}

  /// The reason, and what happened.
  public static String shown(FailureReason reason, String detail) {
    String words = reason.label().replace('_', ' ');
    return detail.isBlank() ? words : words + " (" + withoutStop(detail) + ")";
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
