package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.status.OutsideText;
import io.github.proxmoxzfs.status.Tone;
import java.util.ArrayList;
import java.util.List;

/// A line of text in several tones. What is added is made harmless first.
final class Line {
  private record Piece(Tone tone, String text) {}

  private final List<Piece> pieces = new ArrayList<>();
  private int width;
  private boolean cut = true;

  /// An empty line.
  static Line blank() {
    return new Line();
  }

  /// Adds a text.
  Line add(Tone tone, String text) {
    String shown = OutsideText.harmless(text);
    pieces.add(new Piece(tone, shown));
    width += CellText.width(shown);
    return this;
  }

  /// Adds a text in no particular tone.
  Line add(String text) {
    return add(Tone.PLAIN, text);
  }

  /// Adds blanks up to a column, at least one if something stands there already.
  Line to(int column) {
    int missing = column - width;
    return missing > 0 ? add(" ".repeat(missing)) : width == 0 ? this : add(" ");
  }

  /// Adds a text that ends at a column, where there is room.
  Line endingAt(int column, Tone tone, String text) {
    return to(column - CellText.width(OutsideText.harmless(text))).add(tone, text);
  }

  /// Lets it be longer than the terminal is wide, which wraps it.
  Line uncut() {
    cut = false;
    return this;
  }

  /// How many cells it takes.
  int width() {
    return width;
  }

  /// Whether it ends with a blank.
  boolean endsWithBlank() {
    return !pieces.isEmpty() && pieces.getLast().text.endsWith(" ");
  }

  /// Whether nothing stands there.
  boolean isBlank() {
    return width == 0;
  }

  /// The line as it is printed, cut where it is too long.
  String render(Appearance appearance) {
    var rendered = new StringBuilder();
    int left = cut ? appearance.columns() : Integer.MAX_VALUE;
    for (int i = 0; i < pieces.size() && left > 0; i++) {
      Piece piece = pieces.get(i);
      boolean rest = pieces.subList(i + 1, pieces.size()).stream().anyMatch(p -> !p.text.isBlank());
      int pieceWidth = CellText.width(piece.text);
      String shown =
          pieceWidth < left || (pieceWidth == left && !rest)
              ? piece.text
              : CellText.cut(piece.text + (rest ? "…" : ""), left);
      left -= CellText.width(shown);
      rendered.append(appearance.colour() ? Rendition.of(piece.tone, shown) : shown);
    }
    String line = rendered.toString().stripTrailing();
    return appearance.unicode() ? line : line.replace("…", "~").replace(" °C", " C");
  }
}
