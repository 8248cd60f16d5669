package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.status.Tone;

/// A bar that shows a part of a whole.
final class Bar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /// Draws a bar of `cells` and its two brackets.
  ///
  /// @param ratio 1 is all; more and less are drawn as all and nothing
  static void draw(Line line, double ratio, int cells, Tone tone, boolean unicode) {
    double part = Double.isNaN(ratio) ? 0 : Math.clamp(ratio, 0, 1);
    String filled = unicode ? eighths(part, cells) : "#".repeat((int) (part * cells));
    line.add(Tone.FAINT, "[")
        .add(tone, filled)
        .add(Tone.FAINT, (unicode ? " " : ".").repeat(cells - filled.length()))
        .add(Tone.FAINT, "]");
  }

  private static String eighths(double part, int cells) {
    int eighths = (int) (part * cells * 8);
    String whole = "█".repeat(eighths / 8);
    int rest = eighths % 8;
    return rest == 0 ? whole : whole + EIGHTHS.charAt(rest);
  }
}
