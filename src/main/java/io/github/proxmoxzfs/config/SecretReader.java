package io.github.proxmoxzfs.config;

import io.github.proxmoxzfs.config.Draft.GivenSecret;
import io.github.proxmoxzfs.config.Draft.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Fetches secrets from where they are kept. No message quotes what was given: a secret may stand
/// where a path or a variable's name belongs.
final class SecretReader {
  private static final int LARGEST_BYTES = 64 * 1024;

  private final Map<String, String> environment;
  private final Mistakes mistakes;

  SecretReader(Map<String, String> environment, Mistakes mistakes) {
    this.environment = environment;
    this.mistakes = mistakes;
  }

  /// The secret's text, one line that is not blank.
  Optional<String> read(GivenSecret secret) {
    Given given = secret.given();
    Optional<String> text =
        switch (secret.origin()) {
          case LITERAL -> Optional.of(given.value());
          case FILE, SYSTEMD -> file(given);
          case VARIABLE -> variable(given);
        };
    return text.filter(found -> isOneLine(given, found));
  }

  private Optional<String> variable(Given given) {
    Optional<String> text = Optional.ofNullable(environment.get(given.value()));
    if (text.isEmpty()) {
      mistakes.add(given, "the environment variable that it names is not set");
    }
    return text;
  }

  private Optional<String> file(Given given) {
    Path path;
    try {
      path = given.place().directory().resolve(given.value());
    } catch (InvalidPathException notAPath) {
      mistakes.add(given, "is not a path");
      return Optional.empty();
    }
    try {
      Optional<String> text = BoundedFile.utf8(BoundedFile.read(path, LARGEST_BYTES));
      if (text.isEmpty()) {
        mistakes.add(given, "the file is not UTF-8");
      }
      return text.map(SecretReader::withoutLastLineBreak);
    } catch (IOException failure) {
      mistakes.add(given, "the file cannot be read: " + BoundedFile.reason(failure));
      return Optional.empty();
    }
  }

  private static String withoutLastLineBreak(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }

  private boolean isOneLine(Given given, String text) {
    if (text.isBlank()) {
      mistakes.add(given, "what it names is blank");
      return false;
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      mistakes.add(given, "holds more than one line, or a control character");
      return false;
    }
    return true;
  }

  /// The systemd credential of this name (`LoadCredential=`), if the service has one.
  Optional<GivenSecret> systemdCredential(String name) {
    String directory = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    if (directory.isBlank()) {
      return Optional.empty();
    }
    Path file = Path.of(directory).resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var place = new Place(file.toString(), 0, Path.of(directory));
    return Optional.of(new GivenSecret(Origin.SYSTEMD, new Given("credential", name, place)));
  }
}
