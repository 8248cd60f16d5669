package io.github.proxmoxzfs.status;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/// Something that is known of a pool.
///
/// @param label what it is about, in a word or two
/// @param tone how it is
/// @param progress how far it is where it is under way, 1 is all; absent where nothing is under way
///   or ZFS does not tell
/// @param text what is known; may be from outside, so whoever shows it escapes it
public record Fact(String label, Tone tone, OptionalDouble progress, String text) {
  public Fact {
    requireNonNull(label, "label is null");
    requireNonNull(tone, "tone is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(text, "text is null");
  }

  static Fact of(String label, Tone tone, String text) {
    return new Fact(label, tone, OptionalDouble.empty(), text);
  }
}
