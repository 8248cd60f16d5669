package io.github.proxmoxzfs.memory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// The form of the files that memory is kept in: UTF-8, line by line,
///
/// ```text
/// proxmox-zfs-exporter memory 1
/// [pools 1]
/// pve1<TAB>tank<TAB>2026-11-22T12:00:00Z<TAB>PT0S
/// crc32c 3f2a90c1
/// ```
///
/// Each section has its own version in its name and rows of fields; the last line is the CRC-32C of
/// all bytes before it, so that a file that lost its end, or any other bit, is known. In a field a
/// control character, a backslash, a half of a surrogate pair and `[` are written as `\` `u` and
/// four hexadecimal digits.
final class MemoryText {
  private static final String FIRST_LINE = "proxmox-zfs-exporter memory 1";
  private static final String CHECKSUM = "crc32c ";

  private MemoryText() {}

  /// A part of the file.
  ///
  /// @param name its name and version, without `]` and control characters
  /// @param rows its rows, each of at least one field
  record Section(String name, List<List<String>> rows) {
    Section {
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /// The text of a file.
  static String write(List<Section> sections) {
    return write(body(sections));
  }

  /// The text of a file of some parts of [#body].
  static String write(String... bodies) {
    String text = FIRST_LINE + '\n' + String.join("", bodies);
    return text + CHECKSUM + checksum(text) + '\n';
  }

  /// The text of some sections, as a part of a file.
  static String body(List<Section> sections) {
    var text = new StringBuilder();
    for (Section section : sections) {
      text.append('[').append(section.name()).append("]\n");
      for (List<String> row : section.rows()) {
        text.append(String.join("\t", row.stream().map(MemoryText::escaped).toList()));
        text.append('\n');
      }
    }
    return text.toString();
  }

  /// The sections of a file.
  ///
  /// @throws MalformedMemoryException if it is cut short, changed, or of another version
  static List<Section> read(byte[] bytes) throws MalformedMemoryException {
    String text = utf8(bytes);
    int body = text.lastIndexOf('\n', text.length() - 2) + 1;
    if (!text.substring(body).equals(CHECKSUM + checksum(text.substring(0, body)) + "\n")) {
      throw new MalformedMemoryException("its checksum is wrong or missing");
    }
    String[] lines = text.substring(0, body).split("\n", -1);
    if (!lines[0].equals(FIRST_LINE)) {
      throw new MalformedMemoryException("it is of another version");
    }
    var sections = new ArrayList<Section>();
    String name = "";
    var rows = new ArrayList<List<String>>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      boolean isEnd = line.isEmpty();
      if (isEnd || line.startsWith("[")) {
        if (!name.isEmpty()) {
          sections.add(new Section(name, rows));
        }
        name = line.replaceAll("^\\[|]$", "");
        rows.clear();
      } else {
        rows.add(fields(line));
      }
    }
    return sections;
  }

  private static List<String> fields(String line) throws MalformedMemoryException {
    var fields = new ArrayList<String>();
    for (String field : line.split("\t", -1)) {
      fields.add(plain(field));
    }
    return fields;
  }

  private static String utf8(byte[] bytes) throws MalformedMemoryException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedMemoryException("it is not UTF-8");
    }
  }

  private static String checksum(String text) {
    var checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static String escaped(String field) {
    var text = new StringBuilder();
    field
        .codePoints()
        .forEach(
            character -> {
              boolean plain =
                  character >= ' '
                      && character != 0x7f
                      && character != '\\'
                      && character != '['
                      && Character.getType(character) != Character.SURROGATE;
              if (plain) {
                text.appendCodePoint(character);
              } else {
                text.append("\\u").append(HexFormat.of().toHexDigits((char) character));
              }
            });
    return text.toString();
  }

  private static String plain(String field) throws MalformedMemoryException {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    var text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) != '\\') {
        text.append(field.charAt(i));
      } else if (field.startsWith("\\u", i) && i + 6 <= field.length()) {
        text.append(character(field.substring(i + 2, i + 6)));
        i += 5;
      } else {
        throw new MalformedMemoryException("it holds a broken escape");
      }
    }
    return text.toString();
  }

  private static char character(String digits) throws MalformedMemoryException {
    try {
      return (char) HexFormat.fromHexDigits(digits);
    } catch (NumberFormatException noHexDigits) {
      throw new MalformedMemoryException("it holds a broken escape");
    }
  }
}
