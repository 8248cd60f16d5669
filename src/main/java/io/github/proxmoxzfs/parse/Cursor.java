package io.github.proxmoxzfs.parse;

/// A position in a text that only moves forward, and whether the text fitted so far.
///
/// A reader asks for what the grammar wants next and goes on; whether all of it was there is asked
/// once, at the end ([#fits()]). After a misfit nothing moves any more and the values handed out
/// are placeholders, to be thrown away. So a text is read in linear time, without an exception.
final class Cursor {
  /// More digits than any number of 64 bits has.
  private static final int MAX_DIGITS = 20;

  private final String text;
  private int position;
  private boolean misfit;

  Cursor(String text) {
    this.text = text;
  }

  /// Steps over `literal` if it comes next, and tells whether it did.
  boolean skip(String literal) {
    if (misfit || !text.startsWith(literal, position)) {
      return false;
    }
    position += literal.length();
    return true;
  }

  /// Steps over `literal`, without which the text does not fit.
  void expect(String literal) {
    if (!skip(literal)) {
      misfit();
    }
  }

  /// Steps over blanks, of which there must be one at least. The lines that `zpool` prints below a
  /// field are joined by them.
  void blanks() {
    int start = position;
    skipBlanks();
    if (position == start) {
      misfit();
    }
  }

  /// Steps over blanks, if there are any.
  void skipBlanks() {
    while (!misfit && position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  /// Reads decimal digits, one at least and not more than a number of 64 bits has.
  String digits() {
    int start = position;
    while (isDigit(position)) {
      position++;
    }
    int length = position - start;
    if (length == 0 || length > MAX_DIGITS) {
      misfit();
      return "0";
    }
    return text.substring(start, position);
  }

  /// Reads the text before `end` and steps over both; the text must not be empty.
  String until(String end) {
    int found = misfit ? -1 : text.indexOf(end, position);
    if (found <= position) {
      misfit();
      return "";
    }
    String before = text.substring(position, found);
    position = found + end.length();
    return before;
  }

  /// Reads one of the letters in `choice`, if one comes next; a blank otherwise.
  char letter(String choice) {
    if (!misfit && position < text.length() && choice.indexOf(text.charAt(position)) >= 0) {
      return text.charAt(position++);
    }
    return ' ';
  }

  /// Declares that the text does not fit.
  void misfit() {
    misfit = true;
  }

  /// Tells whether everything that was expected was there, and nothing is left.
  boolean fits() {
    return !misfit && position == text.length();
  }

  private boolean isDigit(int at) {
    // Not Character.isDigit, which knows the digits of all scripts.
    return !misfit && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }
}
