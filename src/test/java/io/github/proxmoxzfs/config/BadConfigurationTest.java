package io.github.proxmoxzfs.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file of `bad/` has the fault that it is named for, and beside it the mistakes to be
/// printed. Where a secret stands in them, or something that might be one, it is `hunter2`.
class BadConfigurationTest {
  private static final Path BAD = Configurations.RESOURCES.resolve("bad");
  private static final Map<String, String> ENVIRONMENT = Map.of("BLANK", " ", "HUNTER2", "hunter2");
  private static final String SECRET = "hunter2";

  static List<Path> files() throws IOException {
    try (var files = Files.list(BAD)) {
      return files.filter(file -> !file.toString().endsWith(".expected")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyMistakeIsNamedWithItsLine(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path expected = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".expected");

    assertThat(Configurations.mistakes(Configurations.read(file, ENVIRONMENT), BAD))
        .isEqualTo(Files.readAllLines(expected));
  }

  @ParameterizedTest
  @MethodSource("files")
  void noMistakeShowsASecret(Path file) {
    assertThat(Configurations.read(file, ENVIRONMENT).toString()).doesNotContain(SECRET);
  }

  @Test
  void theSecretIsPlantedInManyPlaces() throws IOException {
    int planted = 0;
    for (Path file : files()) {
      if (Files.readString(file, ISO_8859_1).contains(SECRET)) {
        planted++;
      }
    }

    assertThat(planted).isGreaterThan(100);
  }

  @Test
  void everyExpectationHasItsFile() throws IOException {
    try (var all = Files.list(BAD)) {
      assertThat(all.count()).isEqualTo(2L * files().size());
    }
  }

  @Test
  void damagedFilesNeitherCrashNorShowASecret(@TempDir Path directory) throws IOException {
    var random = new Random(2020);
    var seeds = files();
    Path damaged = directory.resolve("config.yml");
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = Files.readAllBytes(seeds.get(random.nextInt(seeds.size())));
      for (int change = 0; change < 3 && bytes.length > 0; change++) {
        String alphabet = "\n\t :-[]{}\"'&*!#%@`?,|>x\0\\";
        bytes[random.nextInt(bytes.length)] =
            (byte) alphabet.charAt(random.nextInt(alphabet.length()));
      }
      Files.write(damaged, bytes);

      if (Configurations.read(damaged, ENVIRONMENT)
          instanceof ConfigurationResult.Invalid invalid) {
        assertThat(invalid.toString()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void aFileBeyondOneMebibyteIsRefused(@TempDir Path directory) {
    String text = "#".repeat(1024 * 1024 + 1);

    assertThat(
            Configurations.mistakes(
                Configurations.read(directory, "config.yml", text, Map.of()), directory))
        .containsExactly("config.yml: cannot be read: it is larger than 1024 KiB");
  }

  @Test
  void aNamedFileThatDoesNotExistIsAMistakeWhateverTheEnvironmentSays(@TempDir Path directory) {
    var environment = Map.of("PVE_ENDPOINTS", "pve1", "PVE_TOKEN", "monitor@pve!exporter=hunter2");

    assertThat(
            Configurations.mistakes(
                Configurations.read(directory.resolve("absent.yml"), environment), directory))
        .containsExactly("absent.yml: cannot be read: no such file");
  }

  @Test
  void aDirectoryIsNoConfiguration(@TempDir Path directory) {
    var result = new ConfigurationReader().read(Optional.of(directory), Map.of());

    assertThat(Configurations.mistakes(result, directory))
        .containsExactly(directory + ": cannot be read: is a directory");
  }
}
