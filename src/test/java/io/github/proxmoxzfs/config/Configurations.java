package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads configurations in tests.
final class Configurations {
  static final Path RESOURCES = Path.of("src/test/resources/config");
  static final String FINGERPRINT = String.join(":", java.util.Collections.nCopies(32, "AB"));

  private Configurations() {}

  static ConfigurationResult read(Path file, Map<String, String> environment) {
    return new ConfigurationReader().read(Optional.of(file), environment);
  }

  /// Writes `text` into a file of `directory` and reads it.
  static ConfigurationResult read(
      Path directory, String name, String text, Map<String, String> environment) {
    try {
      return read(Files.writeString(directory.resolve(name), text), environment);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  static Configuration valid(ConfigurationResult result) {
    assertThat(result).isInstanceOf(ConfigurationResult.Valid.class);
    return ((ConfigurationResult.Valid) result).configuration();
  }

  static ClusterConfiguration onlyCluster(ConfigurationResult result) {
    var clusters = valid(result).clusters();
    assertThat(clusters).hasSize(1);
    return clusters.getFirst();
  }

  /// The mistakes as printed, with the directory of the file left out.
  static List<String> mistakes(ConfigurationResult result, Path directory) {
    assertThat(result).isInstanceOf(ConfigurationResult.Invalid.class);
    return ((ConfigurationResult.Invalid) result)
        .mistakes().stream()
            .map(mistake -> mistake.toString().replace(directory + "/", ""))
            .toList();
  }
}
