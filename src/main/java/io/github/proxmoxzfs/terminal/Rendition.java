package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.status.Tone;

/// Tones as a terminal shows them. The colours are those of its own palette, so that they can be
/// read on a dark background and on a light one.
final class Rendition {
  private Rendition() {}

  /// The text between the escape sequences that set and reset its rendition (SGR).
  static String of(Tone tone, String text) {
    String code = code(tone);
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  private static String code(Tone tone) {
    return switch (tone) {
      case PLAIN -> "";
      case STRONG -> "1";
      case FAINT -> "2";
      case GOOD -> "32";
      case RUNNING -> "36";
      case WARNING -> "33";
      case CRITICAL -> "1;31";
    };
  }
}
