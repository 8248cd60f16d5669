package io.github.proxmoxzfs.config;

import java.util.List;

/// A configuration, or all that is wrong with it.
public sealed interface ConfigurationResult {

  /// Nothing is wrong.
  record Valid(Configuration configuration) implements ConfigurationResult {}

  /// Something is wrong, and nothing must be started.
  ///
  /// @param mistakes all of them, at least one, in the order of their lines
  record Invalid(List<Mistake> mistakes) implements ConfigurationResult {
    public Invalid {
      mistakes = List.copyOf(mistakes);
    }
  }
}
