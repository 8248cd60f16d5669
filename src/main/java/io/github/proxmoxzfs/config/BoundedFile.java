package io.github.proxmoxzfs.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// Reads files that must be small.
final class BoundedFile {
  private static final int KIBI = 1024;

  private BoundedFile() {}

  /// The bytes of a file.
  ///
  /// @throws IOException if it cannot be read, or is longer than `limit`
  static byte[] read(Path file, int limit) throws IOException {
    try (var input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException("it is larger than " + limit / KIBI + " KiB");
      }
      return bytes;
    }
  }

  /// The operating system's reason, without the path, which might be a secret that was put where a
  /// path belongs.
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException other -> lowerCase(Optional.ofNullable(other.getReason()));
      case IOException other -> lowerCase(Optional.ofNullable(other.getMessage()));
    };
  }

  private static String lowerCase(Optional<String> reason) {
    return reason
        .filter(text -> !text.isEmpty())
        .map(text -> text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1))
        .orElse("input/output error");
  }

  /// The text that the bytes hold, or nothing if they are not UTF-8.
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(decoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /// The line, counted from 1, with the first byte that is not UTF-8.
  static int lineNotUtf8(byte[] bytes) {
    var input = ByteBuffer.wrap(bytes);
    decoder().decode(input, CharBuffer.allocate(bytes.length), true);
    int line = 1;
    for (int index = 0; index < input.position(); index++) {
      if (bytes[index] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
