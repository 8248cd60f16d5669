package io.github.proxmoxzfs.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The file that one cluster's memory is kept in, `cluster-NAME.memory` in the state directory.
///
/// It is never written to: each time a new file takes its place, so that a kill, a crash or a full
/// disk at any moment leaves the old one or the new one, whole. Exporters that share a directory do
/// not harm each other's files either: each writes to a file of its own before, and the last one to
/// finish wins.
final class MemoryFile {
  private static final System.Logger LOG = System.getLogger(MemoryFile.class.getName());

  /// More than [Recollection#MOST_POOLS] pools with the longest names that ZFS takes, and 10,000
  /// disks, need.
  static final int MOST_BYTES = 16 * 1024 * 1024;

  /// How many files that were set aside are kept.
  static final int MOST_SET_ASIDE = 3;

  /// An unfinished file of this age is nobody's work any more.
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// The moments of writing between which a kill may fall.
  enum Step {
    BEGUN,
    CREATED,
    WRITTEN,
    SYNCED,
    RENAMED,
    DONE
  }

  private final Path directory;
  private final Path file;
  private final InstantSource clock;
  private final Consumer<Step> reached;

  /// @param directory the state directory; made when it is not there and its parent is
  /// @param cluster the cluster's name
  MemoryFile(Path directory, String cluster, InstantSource clock) {
    this(directory, cluster, clock, _ -> {});
  }

  /// @param reached is told of each step of writing, for tests that kill at one
  MemoryFile(Path directory, String cluster, InstantSource clock, Consumer<Step> reached) {
    this.directory = directory;
    this.file = directory.resolve("cluster-" + safe(cluster) + ".memory");
    this.clock = clock;
    this.reached = reached;
  }

  /// The cluster's name with all characters as `%` and hexadecimal digits that may mean something
  /// in a path. `.` is left, as it means nothing between `cluster-` and `.memory`.
  private static String safe(String cluster) {
    var text = new StringBuilder();
    for (byte b : cluster.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (b & 0xff);
      if (String.valueOf(character).matches("[A-Za-z0-9._-]")) {
        text.append(character);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return text.toString();
  }

  Path path() {
    return file;
  }

  /// What the file holds; nothing if there is none. A file that is of no use is set aside.
  Recollection read() {
    removeAbandoned();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Recollection.NOTHING;
    }
    try {
      return PoolSections.read(bytes());
    } catch (MalformedMemoryException unusable) {
      setAside(unusable.reason());
    } catch (IOException unreadable) {
      setAside(reason(unreadable));
    }
    return Recollection.NOTHING;
  }

  private byte[] bytes() throws IOException, MalformedMemoryException {
    if (!Files.isRegularFile(file)) {
      // To open a pipe would wait for ever.
      throw new MalformedMemoryException("it is no file");
    }
    try (var input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new MalformedMemoryException("it is too large");
      }
      return bytes;
    }
  }

  private void setAside(String reason) {
    Path aside = freeName(file.getFileName() + ".corrupt-" + TIMESTAMP.format(clock.instant()));
    try {
      Files.move(file, aside);
      LOG.log(
          Level.WARNING,
          "What was remembered cannot be used and is set aside.",
          "file",
          file,
          "reason",
          reason,
          "kept_as",
          aside.getFileName());
    } catch (IOException failure) {
      LOG.log(
          Level.WARNING,
          "What was remembered cannot be used, nor set aside.",
          "file",
          file,
          "reason",
          reason,
          "detail",
          reason(failure));
    }
    siblings("\\.corrupt-\\d{8}T\\d{6}Z(-\\d)?").stream()
        .sorted(Comparator.reverseOrder())
        .skip(MOST_SET_ASIDE)
        .forEach(MemoryFile::removeQuietly);
  }

  private Path freeName(String name) {
    Path free = directory.resolve(name);
    for (int i = 1; i <= 9 && Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      free = directory.resolve(name + "-" + i);
    }
    return free;
  }

  /// Puts a new file in the place of the one there is.
  ///
  /// @throws IOException if that fails; then the one there was is still there
  void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("more is to be remembered than " + MOST_BYTES + " bytes");
    }
    reached.accept(Step.BEGUN);
    if (!Files.exists(directory)) {
      Files.createDirectory(directory);
    }
    Path unfinished = Files.createTempFile(directory, file.getFileName() + ".", ".tmp");
    try {
      reached.accept(Step.CREATED);
      try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        reached.accept(Step.WRITTEN);
        channel.force(true);
      }
      reached.accept(Step.SYNCED);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      removeQuietly(unfinished);
      throw failure;
    }
    reached.accept(Step.RENAMED);
    syncDirectory();
    reached.accept(Step.DONE);
  }

  /// Makes the new name last. Some file systems know no such thing; the file is whole all the same.
  private void syncDirectory() {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      LOG.log(
          Level.DEBUG,
          "The state directory cannot be synced.",
          "directory",
          directory,
          "detail",
          reason(unsupported));
    }
  }

  private void removeAbandoned() {
    Instant oldest = clock.instant().minus(ABANDONED);
    for (Path unfinished : siblings("\\.\\d+\\.tmp")) {
      try {
        if (Files.getLastModifiedTime(unfinished).toInstant().isBefore(oldest)) {
          removeQuietly(unfinished);
        }
      } catch (IOException _) {
        // Another exporter may have finished or removed it.
      }
    }
  }

  /// The files beside this one whose names are this one's and a suffix.
  private List<Path> siblings(String suffix) {
    var pattern = Pattern.compile(Pattern.quote(file.getFileName().toString()) + suffix);
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(other -> pattern.matcher(other.getFileName().toString()).matches())
          .toList();
    } catch (IOException | UncheckedIOException _) {
      // Nothing to tidy; what is wrong with the directory is said when it is written to.
      return List.of();
    }
  }

  private static void removeQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // It is in nobody's way.
    }
  }

  /// What a person is told of a failure: the file that it concerns and the reason.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": No such file or directory";
      case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
      case FileSystemException other when other.getReason() == null ->
          other.getFile() + ": " + other.getClass().getSimpleName();
      case IOException other -> String.valueOf(other.getMessage());
    };
  }
}
