package io.github.proxmoxzfs.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What some files looked like from outside, to tell whether one of them changed: its time, size
/// and identity. Links are followed, so that one that points elsewhere now is a change, as where
/// Kubernetes brings a new secret.
///
/// @param byFile the look of each; `none` of one that cannot be looked at
record FileStamps(Map<Path, String> byFile) {
  static FileStamps of(Set<Path> files) {
    var stamps = new HashMap<Path, String>();
    for (Path file : files) {
      stamps.put(file, stamp(file));
    }
    return new FileStamps(Map.copyOf(stamps));
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime().toInstant()
          + " "
          + attributes.size()
          + " "
          + attributes.fileKey();
    } catch (IOException _) {
      return "none";
    }
  }

  /// Whether the files still look so.
  boolean areStillTrue() {
    return of(byFile.keySet()).equals(this);
  }
}
