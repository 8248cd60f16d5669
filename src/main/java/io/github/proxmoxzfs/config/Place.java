package io.github.proxmoxzfs.config;

import java.nio.file.Path;

/// Where something stands in the configuration.
///
/// @param file as messages name it
/// @param line counted from 1; 0 where there are no lines
/// @param directory what relative paths are relative to
record Place(String file, int line, Path directory) {
  /// The same file, at another line.
  Place at(int otherLine) {
    return new Place(file, otherLine, directory);
  }
}
