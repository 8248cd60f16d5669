package io.github.proxmoxzfs.app;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The user's file of [UnansweredNote]s. It is a help: where it cannot be used that is told, and
/// the command goes on.
final class UnansweredFile {
  private static final String FIRST_LINE = "proxmox-zfs-exporter unanswered 1";
  private static final int MOST_BYTES = 1024 * 1024;
  private static final String UNKNOWN = "-";

  private final Optional<Path> file;
  private final Consumer<String> complain;
  private boolean complained;

  /// @param file where it is; empty if no place is known
  /// @param complain is told in a sentence what is wrong with it, once
  UnansweredFile(Optional<Path> file, Consumer<String> complain) {
    this.file = file;
    this.complain = complain;
  }

  /// Where it is: in `$XDG_STATE_HOME`, else in `~/.local/state`. A path that is not absolute is
  /// ignored, as the XDG Base Directory Specification demands.
  static Optional<Path> place(Map<String, String> environment, String home) {
    return absolute(environment.getOrDefault("XDG_STATE_HOME", ""))
        .or(() -> absolute(home).map(path -> path.resolve(".local").resolve("state")))
        .map(path -> path.resolve("proxmox-zfs-exporter").resolve("unanswered"));
  }

  private static Optional<Path> absolute(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Path::isAbsolute);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /// The notes; none where the file cannot be used.
  synchronized List<UnansweredNote> read() {
    if (file.isEmpty() || !Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      return notes(text(file.get()));
    } catch (IOException failure) {
      complain("cannot be read", failure);
      return List.of();
    }
  }

  private static String text(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException("it is no file"); // to open a pipe would wait for ever
    }
    try (var input = Files.newInputStream(path)) {
      byte[] bytes = input.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is too large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static List<UnansweredNote> notes(String text) throws IOException {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IOException("it is no file of this version");
    }
    var notes = new ArrayList<UnansweredNote>();
    for (String line : lines.subList(1, lines.size())) {
      try {
        notes.add(note(line.split("\t", -1)));
      } catch (IllegalArgumentException | DateTimeException malformed) {
        throw new IOException("line " + (notes.size() + 2) + " is malformed", malformed);
      }
    }
    return notes;
  }

  private static UnansweredNote note(String[] fields) {
    if (fields.length != 5) {
      throw new IllegalArgumentException("not five fields");
    }
    return new UnansweredNote(
        Set.of(fields[0].split(",", -1)),
        URLDecoder.decode(fields[1], StandardCharsets.UTF_8),
        Integer.parseInt(fields[2]),
        Instant.parse(fields[3]),
        fields[4].equals(UNKNOWN)
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(fields[4])));
  }

  private static String line(UnansweredNote note) {
    return String.join(
        "\t",
        note.endpoints().stream().sorted().collect(Collectors.joining(",")),
        URLEncoder.encode(note.node(), StandardCharsets.UTF_8),
        Integer.toString(note.count()),
        note.last().toString(),
        note.uptimeSeconds().isEmpty() ? UNKNOWN : Long.toString(note.uptimeSeconds().getAsLong()));
  }

  /// Reads the notes again, since another command may have written meanwhile, and puts changed ones
  /// in their place.
  synchronized void change(UnaryOperator<List<UnansweredNote>> change) {
    List<UnansweredNote> before = read();
    List<UnansweredNote> after = change.apply(before);
    if (after.equals(before)) {
      return;
    }
    try {
      write(
          file.orElseThrow(() -> new IOException("neither XDG_STATE_HOME nor a home is known")),
          after);
    } catch (IOException | UnsupportedOperationException failure) {
      complain("cannot be written", failure);
    }
  }

  /// A new file takes the old one's place, so that there always is a whole one.
  private static void write(Path path, List<UnansweredNote> notes) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("it has no folder");
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    var text = new StringBuilder(FIRST_LINE).append('\n');
    notes.forEach(note -> text.append(line(note)).append('\n'));
    Path unfinished = Files.createTempFile(folder, "unanswered.", ".tmp"); // 0600
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(unfinished);
      throw failure;
    }
  }

  private void complain(String what, Exception failure) {
    if (!complained) {
      complained = true;
      complain.accept(
          "exporter: the note of nodes that left zfs questions unanswered (%s) %s: %s. Each run may leave one of a node's three API workers stuck while a pool of it hangs."
              .formatted(
                  file.map(Path::toString).orElse("no place known"),
                  what,
                  failure instanceof java.nio.file.FileSystemException
                      ? failure.getClass().getSimpleName()
                      : failure.getMessage()));
    }
  }
}
