package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

/// One thing that is wrong in the configuration. Its message names the key and never quotes a
/// value, which might be a secret that slipped into the wrong place.
///
/// @param file the file, or `environment`
/// @param line counted from 1; 0 where no line can be named
/// @param message what is wrong and what would be right
public record Mistake(String file, int line, String message) {
  public Mistake {
    requireNonNull(file, "file is null");
    requireNonNull(message, "message is null");
  }

  /// `file:line: message`.
  @Override
  public String toString() {
    return (line > 0 ? file + ":" + line : file) + ": " + message;
  }
}
