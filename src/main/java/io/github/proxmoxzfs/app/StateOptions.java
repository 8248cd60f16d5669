package io.github.proxmoxzfs.app;

import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option about what is kept across restarts.
final class StateOptions {
  private static final System.Logger LOG = System.getLogger(StateOptions.class.getName());

  @Option(
      names = "--state.directory",
      paramLabel = "DIR",
      description =
          "Where to keep across restarts what is remembered: last scrubs, and which pools there"
              + " were. Default: systemd's $STATE_DIRECTORY, else in memory only.")
  private @Nullable Path directory;

  /// The directory that the option or systemd names, and a line in the log if none does.
  Optional<Path> directory(Map<String, String> environment) {
    Optional<Path> chosen = Optional.ofNullable(directory).or(() -> systemdDirectory(environment));
    if (chosen.isEmpty()) {
      LOG.log(
          Level.INFO,
          "Last scrubs and missing pools are remembered in memory only, until the exporter ends:"
              + " --state.directory would keep them.");
    }
    return chosen;
  }

  /// `StateDirectory=` of a unit may name several, which systemd joins with `:` (systemd.exec(5)):
  /// the first one is ours.
  static Optional<Path> systemdDirectory(Map<String, String> environment) {
    try {
      return Arrays.stream(environment.getOrDefault("STATE_DIRECTORY", "").split(":", -1))
          .filter(name -> !name.isBlank())
          .findFirst()
          .map(Path::of);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
