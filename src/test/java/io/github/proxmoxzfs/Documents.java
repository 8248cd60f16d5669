package io.github.proxmoxzfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The documents of the project, all its `*.md` but those of tests.
public final class Documents {
  private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^\\1```$");

  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

  private Documents() {}

  /// A block of code in a document, without the lines of its fence.
  ///
  /// @param language what stands after the opening fence, or nothing
  public record Block(Path document, String language, String content) {
    @Override
    public String toString() {
      return document + ": " + content.lines().findFirst().orElse("");
    }
  }

  /// All documents, sorted.
  public static List<Path> all() {
    var documents = new ArrayList<Path>();
    for (String folder : List.of("docs", "monitoring", "kubernetes", "examples", "bench")) {
      documents.addAll(below(Path.of(folder), Integer.MAX_VALUE));
    }
    documents.addAll(below(Path.of(""), 1));
    return documents.stream().sorted().toList();
  }

  private static List<Path> below(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The blocks of code of all documents.
  public static List<Block> blocks(String language) {
    return all().stream()
        .flatMap(
            document ->
                FENCED
                    .matcher(read(document))
                    .results()
                    .map(found -> new Block(document, found.group(2), unindented(found))))
        .filter(block -> block.language().equals(language))
        .toList();
  }

  private static String unindented(MatchResult block) {
    return block.group(3).replaceAll("(?m)^" + block.group(1), "");
  }

  /// A document without its code.
  static String prose(Path document) {
    return FENCED.matcher(read(document)).replaceAll("").replaceAll("`[^`\n]*`", "`code`");
  }

  /// The anchors that GitHub gives to a document's headings.
  static List<String> anchors(Path document) {
    Map<String, Integer> seen = new HashMap<>();
    return HEADING
        .matcher(FENCED.matcher(read(document)).replaceAll(""))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .map(
            anchor -> {
              int before = seen.merge(anchor, 1, Integer::sum) - 1;
              return before == 0 ? anchor : anchor + "-" + before;
            })
        .toList();
  }

  private static String anchor(String heading) {
    return heading
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
