package io.github.proxmoxzfs.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A mapping of a configuration file. Its methods take a key's value if it has the right type; if
/// not, they add a mistake and the value counts as absent.
final class Section {
  private static final Set<Tag> TEXTS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);
  private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,24}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

  /// A key's value.
  ///
  /// @param place where the key stands
  /// @param label what messages call the key: with the section's name before it, if there is one
  record Field(Place place, String label, Node value) {}

  private final Place place;
  private final Map<String, Field> fields;
  private final Mistakes mistakes;

  Section(Place place, Map<String, Field> fields, Mistakes mistakes) {
    this.place = place;
    this.fields = fields;
    this.mistakes = mistakes;
  }

  /// A mapping that has no key of its own, whose keys must be among `known`.
  ///
  /// @param title what messages call it
  /// @param base the file it stands in
  static Optional<Section> of(
      String title, Node node, Collection<String> known, Place base, Mistakes mistakes) {
    return read(title, "", node, known, base, mistakes);
  }

  private static Optional<Section> read(
      String title,
      String prefix,
      Node node,
      Collection<String> known,
      Place base,
      Mistakes mistakes) {
    return mapping(title, node, base, mistakes)
        .map(
            mapping -> {
              Function<String, String> labels = key -> known.isEmpty() ? title : prefix + key;
              var fields = fields(title, labels, mapping, base, mistakes);
              refuseUnknown(title, fields, known, mistakes);
              return new Section(place(mapping, base), fields, mistakes);
            });
  }

  static Optional<MappingNode> mapping(String title, Node node, Place base, Mistakes mistakes) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(mapping);
    }
    String message = title + ": must be a mapping (key: value), not " + kind(node);
    mistakes.add(place(node, base), message);
    return Optional.empty();
  }

  static Place place(Node node, Place base) {
    return base.at(node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
  }

  /// What a node is, with its article.
  static String kind(Node node) {
    return switch (node) {
      case MappingNode _ -> "a mapping";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> "true or false";
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) -> "a text";
      case ScalarNode _ -> "a number";
      case Node _ -> "an alias";
    };
  }

  private static Map<String, Field> fields(
      String title,
      Function<String, String> labels,
      MappingNode mapping,
      Place base,
      Mistakes mistakes) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place at = place(tuple.getKeyNode(), base);
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        mistakes.add(at, title + ": a key must be a text, not " + kind(tuple.getKeyNode()));
        continue;
      }
      String label = labels.apply(key.getValue());
      var earlier = fields.putIfAbsent(key.getValue(), new Field(at, label, tuple.getValueNode()));
      if (earlier != null) {
        int line = earlier.place().line();
        mistakes.add(
            at, title + ": the same " + printable(key.getValue()) + " stands on line " + line);
      }
    }
    return fields;
  }

  private static void refuseUnknown(
      String title, Map<String, Field> fields, Collection<String> known, Mistakes mistakes) {
    if (known.isEmpty()) {
      return;
    }
    fields.forEach(
        (key, field) -> {
          if (!known.contains(key)) {
            mistakes.add(field.place(), title + ": unknown " + printable(key) + hint(key, known));
          }
        });
  }

  /// `key "…"`, or just `key` where the text might be more than a key: `{password:secret}` lacks a
  /// blank and is all key.
  static String printable(String key) {
    return WORD.matcher(key).matches() ? "key \"" + key + "\"" : "key";
  }

  static String hint(String key, Collection<String> known) {
    return Spelling.nearest(key, known)
        .map(nearest -> "; is " + nearest + " meant?")
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  /// Where the mapping begins.
  Place place() {
    return place;
  }

  Set<String> keys() {
    return fields.keySet();
  }

  /// Where a key stands, if it is given.
  Optional<Place> place(String key) {
    return field(key).map(Field::place);
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /// The text under `key`, as it is written: numbers and `true` are texts too.
  Optional<Given> text(String key) {
    return field(key).flatMap(field -> scalar(field.label(), field.value(), field.place()));
  }

  private Optional<Field> field(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  private Optional<Given> scalar(String label, Node node, Place at) {
    if (!(node instanceof ScalarNode scalar)) {
      return refuse(at, label, "must be a text, not " + kind(node));
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      return refuse(at, label, "has no value; one that begins with # or & needs quotes");
    }
    if (!TEXTS.contains(scalar.getTag())) {
      return refuse(at, label, "begins with !, which YAML takes for a tag: put it in quotes");
    }
    if (scalar.getValue().isBlank()) {
      return refuse(at, label, "is blank");
    }
    return Optional.of(new Given(label, scalar.getValue(), at));
  }

  /// The texts of a list that is not empty; one that is no text is left out.
  Optional<List<Given>> texts(String key) {
    return nodes(key).map(nodes -> texts(key, nodes));
  }

  /// The texts of a list, which may be empty.
  Optional<List<Given>> anyTexts(String key) {
    return list(key).map(nodes -> texts(key, nodes));
  }

  private List<Given> texts(String key, List<Node> nodes) {
    List<Given> texts = new ArrayList<>();
    for (int index = 0; index < nodes.size(); index++) {
      Node node = nodes.get(index);
      String label = field(key).orElseThrow().label() + ", entry " + (index + 1);
      scalar(label, node, place(node, place)).ifPresent(texts::add);
    }
    return texts;
  }

  /// The entries of a list that is not empty.
  Optional<List<Node>> nodes(String key) {
    Optional<List<Node>> nodes = list(key);
    if (nodes.isPresent() && nodes.get().isEmpty()) {
      return refuse(field(key).orElseThrow(), "the list is empty");
    }
    return nodes;
  }

  private Optional<List<Node>> list(String key) {
    return field(key)
        .flatMap(
            field ->
                field.value() instanceof SequenceNode list
                    ? Optional.of(list.getValue())
                    : refuse(field, "must be a list ([…]), not " + kind(field.value())));
  }

  Optional<Boolean> truth(String key) {
    return field(key)
        .flatMap(
            field -> {
              if (field.value() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
                return Optional.of(Boolean.valueOf(scalar.getValue()));
              }
              return refuse(field, "must be true or false, not " + kind(field.value()));
            });
  }

  /// A whole number from `least` to `most`; `why` explains the limit.
  Optional<Integer> number(String key, int least, int most, String why) {
    return field(key)
        .flatMap(
            field -> {
              if (field.value() instanceof ScalarNode scalar
                  && scalar.getTag().equals(Tag.INT)
                  && WHOLE_NUMBER.matcher(scalar.getValue()).matches()) {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= least && number <= most) {
                  return Optional.of(number);
                }
              }
              String range = "must be a whole number from " + least + " to " + most;
              return refuse(field, range + why);
            });
  }

  /// A duration from `least` to `most`, both written like the value.
  Optional<Duration> duration(String key, String least, String most) {
    return text(key)
        .flatMap(
            text -> {
              Optional<Duration> duration = Durations.parse(text.value());
              if (duration.isEmpty()) {
                return refuse(
                    text.place(),
                    text.key(),
                    "must be a duration with units, such as 30s, 1h30m or 7d");
              }
              if (isBetween(duration.get(), least, most)) {
                return duration;
              }
              return refuse(text.place(), text.key(), "must lie between " + least + " and " + most);
            });
  }

  private static boolean isBetween(Duration duration, String least, String most) {
    return duration.compareTo(Durations.parse(least).orElseThrow()) >= 0
        && duration.compareTo(Durations.parse(most).orElseThrow()) <= 0;
  }

  /// The mapping under `key`; any keys may be in it if `known` is empty.
  Optional<Section> section(String key, Collection<String> known) {
    return field(key).flatMap(field -> read(key, key + ".", field.value(), known, place, mistakes));
  }

  private <T> Optional<T> refuse(Field field, String message) {
    return refuse(field.place(), field.label(), message);
  }

  private <T> Optional<T> refuse(Place at, String label, String message) {
    mistakes.add(at, label + ": " + message);
    return Optional.empty();
  }
}
