package io.github.proxmoxzfs.terminal;

/// What a piece of text means, from which its colour follows. The colours are those of the
/// terminal's own palette, so that they can be read on a dark background and on a light one.
enum Tone {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  RUNNING("36"),
  WARNING("33"),
  CRITICAL("1;31");

  private final String rendition;

  Tone(String rendition) {
    this.rendition = rendition;
  }

  static Tone of(Severity severity) {
    return switch (severity) {
      case HEALTHY -> GOOD;
      case WARNING -> WARNING;
      case CRITICAL -> CRITICAL;
    };
  }

  /// The text between the escape sequences that set and reset its rendition (SGR).
  String over(String text) {
    return rendition.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + rendition + "m" + text + "\u001b[0m";
  }
}
