package io.github.proxmoxzfs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The mistakes and warnings found so far.
final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void add(Place place, String message) {
    found.add(new Mistake(place.file(), place.line(), message));
  }

  /// Adds `key: message` where the value stands.
  void add(Given given, String message) {
    add(given.place(), given.key() + ": " + message);
  }

  void warn(Place place, String message) {
    warnings.add(new Mistake(place.file(), place.line(), message).toString());
  }

  int count() {
    return found.size();
  }

  List<String> warnings() {
    return warnings;
  }

  /// All of them: those with a line first, by line; the others as they were found.
  List<Mistake> inOrder() {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(
                mistake -> mistake.line() > 0 ? mistake.line() : Integer.MAX_VALUE))
        .toList();
  }
}
