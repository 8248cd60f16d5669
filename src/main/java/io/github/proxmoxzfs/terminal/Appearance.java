package io.github.proxmoxzfs.terminal;

/// How to write for whoever reads: a terminal, or a file.
///
/// @param columns how wide lines may be, at least [#LEAST_COLUMNS]
/// @param colour whether to colour by escape sequences (ECMA-48)
/// @param unicode whether bars and marks may be drawn with characters beyond ASCII
public record Appearance(int columns, boolean colour, boolean unicode) {
  /// The width where none is known.
  public static final int USUAL_COLUMNS = 80;

  /// Narrower lines would show nothing; a terminal that is narrower wraps them.
  public static final int LEAST_COLUMNS = 40;

  /// Wider lines are hard to read.
  private static final int MOST_COLUMNS = 500;

  public Appearance {
    columns = Math.clamp(columns, LEAST_COLUMNS, MOST_COLUMNS);
  }

  /// Black and white, in ASCII, of the usual width.
  public static final Appearance PLAIN = new Appearance(USUAL_COLUMNS, false, false);
}
