package io.github.proxmoxzfs.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What reading `--web.config.file` came to.
public sealed interface WebConfigurationResult {
  /// The files that were read, or that could not be: when one of them changes it is time to read
  /// again.
  Set<Path> files();

  /// Nothing is wrong.
  ///
  /// @param warnings what the operator should know, one sentence each
  record Valid(WebConfiguration configuration, List<String> warnings, Set<Path> files)
      implements WebConfigurationResult {
    public Valid {
      warnings = List.copyOf(warnings);
      files = Set.copyOf(files);
    }
  }

  /// Something is wrong.
  ///
  /// @param mistakes all of them, at least one, in the order of their lines
  record Invalid(List<Mistake> mistakes, Set<Path> files) implements WebConfigurationResult {
    public Invalid {
      mistakes = List.copyOf(mistakes);
      files = Set.copyOf(files);
    }
  }
}
