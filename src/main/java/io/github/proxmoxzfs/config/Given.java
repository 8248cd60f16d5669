package io.github.proxmoxzfs.config;

/// A text that was given under a key.
///
/// @param key as messages name it
/// @param value what was given: may be a secret
/// @param place where it stands
record Given(String key, String value, Place place) {
  /// The key and its place; the value may be a secret.
  @Override
  public String toString() {
    return key + " at " + place;
  }
}
