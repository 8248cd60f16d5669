package io.github.proxmoxzfs.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Reads a YAML file, of which JSON is a kind, into nodes that know their lines.
final class Document {
  private static final int LARGEST_BYTES = 1024 * 1024;
  private static final int DEEPEST = 32;
  private static final int MOST_ALIASES = 50;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Document() {}

  /// What reading a file came to.
  sealed interface Outcome {
    /// It holds something.
    record Read(Node root) implements Outcome {}

    /// It holds nothing, or comments only.
    record Empty() implements Outcome {}

    /// It cannot be read; the mistake has been added.
    record Broken() implements Outcome {}
  }

  /// Reads a file; a failure becomes a mistake.
  static Outcome read(Path file, Place place, Mistakes mistakes) {
    byte[] bytes;
    try {
      bytes = BoundedFile.read(file, LARGEST_BYTES);
    } catch (IOException failure) {
      mistakes.add(place, "cannot be read: " + BoundedFile.reason(failure));
      return new Outcome.Broken();
    }
    Optional<String> text = BoundedFile.utf8(bytes);
    if (text.isEmpty()) {
      mistakes.add(place.at(BoundedFile.lineNotUtf8(bytes)), "is not UTF-8");
      return new Outcome.Broken();
    }
    return parse(text.get(), place, mistakes);
  }

  private static Outcome parse(String text, Place place, Mistakes mistakes) {
    if (holdsStrangeCharacters(text, place, mistakes)) {
      return new Outcome.Broken();
    }
    var settings =
        LoadSettings.builder().setSchema(new CoreSchema()).setAllowNonScalarKeys(true).build();
    try {
      if (isTooInvolved(text, settings, place, mistakes)) {
        return new Outcome.Broken();
      }
      return new Compose(settings)
          .composeString(text)
          .filter(root -> root.getNodeType() != NodeType.SCALAR || !root.getTag().equals(Tag.NULL))
          .<Outcome>map(Outcome.Read::new)
          .orElse(new Outcome.Empty());
    } catch (MarkedYamlEngineException broken) {
      int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      mistakes.add(place.at(line), YamlProblem.describe(broken.getProblem()));
      return new Outcome.Broken();
    } catch (YamlEngineException broken) {
      mistakes.add(place, YamlProblem.describe(String.valueOf(broken.getMessage())));
      return new Outcome.Broken();
    }
  }

  private static boolean holdsStrangeCharacters(String text, Place place, Mistakes mistakes) {
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      mistakes.add(place.at(1), "begins with a byte order mark: save it as UTF-8 without one");
      return true;
    }
    int line = 1;
    for (int character : text.codePoints().toArray()) {
      if (!StreamReader.isPrintable(character)) {
        var code = "U+%04X".formatted(character);
        mistakes.add(place.at(line), "the control character " + code + " is not allowed");
        return true;
      }
      if (character == '\n') {
        line++;
      }
    }
    return false;
  }

  /// Walks the events, which takes no stack, before the composer, which recurses, sees them.
  /// Aliases are few, for a small file could mean a large tree by them.
  private static boolean isTooInvolved(
      String text, LoadSettings settings, Place place, Mistakes mistakes) {
    int depth = 0;
    int aliases = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> aliases++;
        case Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> {}
      }
      if (depth > DEEPEST || aliases > MOST_ALIASES) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        String limit =
            depth > DEEPEST
                ? "is nested more than " + DEEPEST + " levels deep"
                : "holds more than " + MOST_ALIASES + " aliases (*name)";
        mistakes.add(place.at(line), limit);
        return true;
      }
    }
    return false;
  }
}
