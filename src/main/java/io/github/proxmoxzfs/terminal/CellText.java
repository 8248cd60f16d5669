package io.github.proxmoxzfs.terminal;

import java.util.regex.Pattern;

/// Text as a terminal shows it: in cells, of which wide characters take two.
final class CellText {
  /// Blocks whose characters are two cells wide (Unicode Standard Annex 11, `W` and `F`). The JDK
  /// knows scripts and emoji, but not this property.
  private static final Pattern WIDE =
      Pattern.compile(
          "[\\u1100-\\u115F\\u2E80-\\u303E\\u3041-\\u33FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uA000-\\uA4CF"
              + "\\uA960-\\uA97F\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE30-\\uFE6F\\uFF00-\\uFF60"
              + "\\uFFE0-\\uFFE6\\x{16FE0}-\\x{18CFF}\\x{1B000}-\\x{1B2FF}\\x{1F200}-\\x{1F2FF}"
              + "\\x{20000}-\\x{3FFFD}]");

  private static final String ELLIPSIS = "…";

  private CellText() {}

  /// How many cells a harmless text takes.
  static int width(String text) {
    return text.codePoints().map(CellText::width).sum();
  }

  private static int width(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(point) ? 2 : 1;
    };
  }

  private static boolean isWide(int point) {
    return point >= 0x1100
        && (Character.isEmojiPresentation(point)
            || WIDE.matcher(Character.toString(point)).matches());
  }

  /// The text in at most so many cells, cut at its end.
  static String cut(String text, int cells) {
    return width(text) <= cells ? text : head(text, cells - 1) + ELLIPSIS;
  }

  /// The shortest beginning that still tells what a name is.
  private static final int SHORTEST_HEAD = 4;

  /// The text in at most so many cells, with its end kept, where disks have their serial number: it
  /// stands after the last `_`, and is kept whole where there is room.
  static String cutInTheMiddle(String text, int cells) {
    if (width(text) <= cells) {
      return text;
    }
    int serial = width(text.substring(text.lastIndexOf('_') + 1));
    int atEnd = Math.max((cells - 1) * 2 / 3, Math.min(serial, cells - 1 - SHORTEST_HEAD));
    return head(text, cells - 1 - atEnd) + ELLIPSIS + tail(text, atEnd);
  }

  /// The beginning of a text that takes at most so many cells.
  static String head(String text, int cells) {
    var head = new StringBuilder();
    int taken = 0;
    for (int point : text.codePoints().toArray()) {
      taken += width(point);
      if (taken > cells) {
        break;
      }
      head.appendCodePoint(point);
    }
    return head.toString();
  }

  private static String tail(String text, int cells) {
    int[] points = text.codePoints().toArray();
    int start = points.length;
    int taken = 0;
    while (start > 0 && taken + width(points[start - 1]) <= cells) {
      start--;
      taken += width(points[start]);
    }
    return new String(points, start, points.length - start);
  }
}
