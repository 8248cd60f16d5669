package io.github.proxmoxzfs.recording;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What stands for each original, the same wherever it occurs. Random where it imitates the form of
/// the original: whatever is computed from it alone could be found out by trying all serial
/// numbers.
final class Replacements {
  private static final int NAA_AND_VENDOR = 7;

  /// What Proxmox takes for a pool's name (pve-storage `ZFS.pm`). Others must stay refused.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9]");

  private final RandomGenerator random;
  private final Map<String, String> byOriginal = new LinkedHashMap<>();
  private final Map<String, Integer> counters = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  Replacements(RandomGenerator random) {
    this.random = random;
  }

  /// All so far.
  Map<String, String> all() {
    return byOriginal;
  }

  /// A name that is counted: `node1`, `node2`. One of an odd form keeps its form.
  String name(String prefix, String original) {
    return byOriginal.computeIfAbsent(
        original, _ -> PLAIN.matcher(original).matches() ? counted(prefix) : alike(original));
  }

  /// A counted text, whatever the form of the original.
  String text(String prefix, String original) {
    return byOriginal.computeIfAbsent(original, _ -> counted(prefix));
  }

  /// A text of the same form: letters for letters, digits for digits, all else as it is.
  String form(String original) {
    return byOriginal.computeIfAbsent(original, _ -> alike(original));
  }

  /// Hexadecimal digits for hexadecimal digits. What begins with the maker of a disk keeps that
  /// much, and the last digit stays: the ports of a disk differ in it only.
  String hexadecimal(String original) {
    String key = original.toLowerCase(Locale.ROOT);
    if (key.length() < NAA_AND_VENDOR + 4) {
      return form(original);
    }
    String stem = key.substring(0, key.length() - 1);
    String replacement =
        byOriginal.computeIfAbsent(stem, _ -> unique(() -> randomHexadecimal(stem)));
    String whole = replacement + key.charAt(key.length() - 1);
    byOriginal.put(key, whole);
    String result = original.equals(key) ? whole : whole.toUpperCase(Locale.ROOT);
    byOriginal.put(original, result);
    return result;
  }

  /// Any hexadecimal digit.
  String randomDigit() {
    return String.valueOf(Character.forDigit(random.nextInt(16), 16));
  }

  private String randomHexadecimal(String stem) {
    var digits = new StringBuilder(stem.substring(0, NAA_AND_VENDOR));
    while (digits.length() < stem.length()) {
      digits.append(Character.forDigit(random.nextInt(16), 16));
    }
    return digits.toString();
  }

  private String counted(String prefix) {
    return unique(() -> prefix + counters.merge(prefix, 1, Integer::sum));
  }

  private String alike(String original) {
    return unique(() -> randomlyAlike(original));
  }

  private String randomlyAlike(String original) {
    var alike = new StringBuilder();
    original
        .codePoints()
        .forEach(
            point -> {
              if (Character.isDigit(point)) {
                alike.append((char) ('0' + random.nextInt(10)));
              } else if (Character.isUpperCase(point)) {
                alike.append((char) ('A' + random.nextInt(26)));
              } else if (Character.isLetter(point)) {
                alike.append((char) ('a' + random.nextInt(26)));
              } else {
                alike.appendCodePoint(point);
              }
            });
    return alike.toString();
  }

  /// One that stands for nothing else and is nothing that occurs. Of short forms there may be none
  /// left: then any.
  private String unique(Supplier<String> candidates) {
    String candidate = candidates.get();
    for (int tries = 0; tries < 1000; tries++) {
      if (!byOriginal.containsKey(candidate) && taken.add(candidate)) {
        return candidate;
      }
      candidate = candidates.get();
    }
    return candidate;
  }
}
