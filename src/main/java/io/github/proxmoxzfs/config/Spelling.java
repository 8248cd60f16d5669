package io.github.proxmoxzfs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what a misspelt word was meant to be.
final class Spelling {
  private static final int LONGEST = 40;

  private Spelling() {}

  /// The known word nearest to `word`, if one is near: a third of its letters may be wrong, or one
  /// of the two is the other's beginning.
  static Optional<String> nearest(String word, Collection<String> known) {
    return nearest(word, known, Math.max(1, Math.min(3, word.length() / 3)))
        .or(() -> known.stream().filter(candidate -> begins(normal(word), candidate)).findFirst());
  }

  /// The known word nearest to `word`, if at most `tolerance` letters differ.
  static Optional<String> nearest(String word, Collection<String> known, int tolerance) {
    String wanted = normal(word);
    if (wanted.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(wanted, normal(candidate)) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(wanted, normal(candidate))));
  }

  private static boolean begins(String word, String candidate) {
    int shorter = Math.min(word.length(), candidate.length());
    return shorter >= 4 && (word.startsWith(candidate) || candidate.startsWith(word));
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /// The Levenshtein distance: how many letters must be put in, taken out or changed.
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int inOrOut = Math.min(previous[column], current[column - 1]) + 1;
        current[column] = Math.min(previous[column - 1] + change, inOrOut);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
