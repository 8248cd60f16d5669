package io.github.proxmoxzfs.web;

import java.util.Locale;

/// Text from outside, fit to be shown in an answer: quoted, short, and without any character that
/// could mean something to a terminal, a log or a browser.
final class Quoted {
  private static final int LONGEST = 64;
  private static final String PLAIN = " !#$%()*+,-./:;=?@[]^_`{|}~";

  private Quoted() {}

  static String of(String text) {
    var quoted = new StringBuilder("\"");
    text.chars().limit(LONGEST).forEach(character -> append(quoted, (char) character));
    return quoted.append(text.length() > LONGEST ? "...\"" : "\"").toString();
  }

  private static void append(StringBuilder quoted, char character) {
    boolean letterOrDigit =
        (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9');
    if (letterOrDigit || PLAIN.indexOf(character) >= 0) {
      quoted.append(character);
    } else {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
    }
  }
}
