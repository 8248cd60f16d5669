package io.github.proxmoxzfs.app;

import io.github.proxmoxzfs.terminal.Appearance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The terminal that standard output goes to, if it goes to one.
///
/// @param device its device, as `/dev/pts/3`
/// @param environment the environment's variables
record Terminal(Optional<Path> device, Map<String, String> environment) {
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private static final Pattern DEVICE = Pattern.compile("/dev/(?:pts/\\d+|tty\\w*|console)");

  /// What `stty size` prints: rows and columns.
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

  private static final int USUAL_ROWS = 24;

  /// When there is colour, as `--color` takes it.
  enum ColorWhen {
    auto,
    always,
    never
  }

  /// Rows and columns.
  record Size(int rows, int columns) {}

  /// This process's.
  static Terminal current() {
    return new Terminal(deviceOf(STANDARD_OUTPUT), System.getenv());
  }

  /// Where the kernel says that a descriptor leads. `System.console()` would also want standard
  /// input to be a terminal.
  static Optional<Path> deviceOf(Path descriptor) {
    try {
      Path target = Files.readSymbolicLink(descriptor);
      return DEVICE.matcher(target.toString()).matches() ? Optional.of(target) : Optional.empty();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }

  boolean isThere() {
    return device.isPresent();
  }

  /// How to write for it now; its size may be another later.
  Appearance appearance(ColorWhen when) {
    return new Appearance(size().columns(), isColoured(when), speaksUnicode());
  }

  private boolean isColoured(ColorWhen when) {
    return switch (when) {
      case always -> true;
      case never -> false;
      case auto ->
          isThere()
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "").equals("dumb");
    };
  }

  /// The locale's character encoding, by the order of POSIX (XBD 8.2).
  private boolean speaksUnicode() {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> value.toUpperCase(Locale.ROOT).replace("-", ""))
        .filter(value -> value.contains("UTF8"))
        .isPresent();
  }

  /// Its size: what `COLUMNS` and `LINES` say, else what it says itself, else 24 rows of 80.
  Size size() {
    Optional<Integer> columns = number("COLUMNS");
    Optional<Integer> rows = number("LINES");
    Optional<Size> asked =
        columns.isPresent() && rows.isPresent() ? Optional.empty() : device.flatMap(Terminal::ask);
    return new Size(
        rows.or(() -> asked.map(Size::rows)).orElse(USUAL_ROWS),
        columns.or(() -> asked.map(Size::columns)).orElse(Appearance.USUAL_COLUMNS));
  }

  private Optional<Integer> number(String variable) {
    String value = environment.getOrDefault(variable, "");
    return value.matches("[1-9]\\d{0,3}") ? Optional.of(Integer.parseInt(value)) : Optional.empty();
  }

  /// Asks by `stty`, which each system has: Java itself could only by native code.
  private static Optional<Size> ask(Path device) {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(device.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      Matcher size =
          SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      return size.matches() && !size.group(2).equals("0")
          ? Optional.of(new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
          : Optional.empty();
    } catch (IOException _) { // no stty here
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
