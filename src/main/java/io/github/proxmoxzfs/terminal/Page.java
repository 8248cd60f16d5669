package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.status.OutsideText;
import io.github.proxmoxzfs.status.Tone;
import java.util.ArrayList;
import java.util.List;

/// Lines under each other.
final class Page {
  private final Appearance appearance;
  private final List<Line> lines = new ArrayList<>();

  Page(Appearance appearance) {
    this.appearance = appearance;
  }

  Appearance appearance() {
    return appearance;
  }

  /// Begins a line.
  Line line() {
    var line = Line.blank();
    lines.add(line);
    return line;
  }

  /// Adds an empty line, unless there is one already or nothing before it.
  void gap() {
    if (!lines.isEmpty() && !lines.getLast().isBlank()) {
      lines.add(Line.blank());
    }
  }

  /// Adds a text below the cells `indent` and after a first piece, in as many lines as it takes.
  void paragraph(Line first, int indent, Tone tone, String text) {
    Line line = first;
    for (String word : OutsideText.harmless(text).strip().split(" +", -1)) {
      boolean fits =
          line.width() <= indent || line.width() + 1 + CellText.width(word) <= appearance.columns();
      if (!fits) {
        line = line();
      }
      if (line.width() < indent) {
        line.to(indent);
      }
      if (line.width() > indent && !line.endsWithBlank()) {
        line.add(" ");
      }
      String rest = word;
      while (CellText.width(rest) > appearance.columns() - indent) {
        // A fingerprint is longer than a line, and is to be seen whole.
        String part = wholePairs(CellText.head(rest, appearance.columns() - indent));
        line.add(tone, part);
        rest = rest.substring(part.length());
        line = line().to(indent);
      }
      line.add(tone, rest);
    }
  }

  /// A fingerprint is broken between its bytes.
  private static String wholePairs(String part) {
    int colon = part.lastIndexOf(':');
    return colon >= 0 && colon >= part.length() - 3 ? part.substring(0, colon + 1) : part;
  }

  /// Adds a text that is to be copied: it stands on one line, however long that is.
  void verbatim(int indent, String mark, String text) {
    String shown = appearance.unicode() ? mark : "> ";
    lines.add(Line.blank().to(indent).add(Tone.FAINT, shown).add(Tone.RUNNING, text).uncut());
  }

  /// The lines as they are printed.
  List<String> render() {
    return lines.stream().map(line -> line.render(appearance)).toList();
  }
}
