package io.github.proxmoxzfs.sim;

import io.avaje.json.JsonReader;
import io.avaje.json.JsonReader.Token;
import io.avaje.json.stream.JsonStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// JSON as texts: what a value consists of, without turning its numbers into anything.
public final class JsonText {
  private static final JsonStream STREAM = JsonStream.builder().build();

  private JsonText() {}

  /// The members of an object, each value as the text that it is.
  ///
  /// @throws io.avaje.json.JsonException if it is none
  public static SequencedMap<String, String> members(String object) {
    var members = new LinkedHashMap<String, String>();
    try (JsonReader reader = STREAM.reader(object)) {
      reader.beginObject();
      while (reader.hasNextField()) {
        members.put(reader.nextField(), reader.readRaw().strip());
      }
      reader.endObject();
    }
    return members;
  }

  /// The elements of an array, each as the text that it is.
  ///
  /// @throws io.avaje.json.JsonException if it is none
  public static List<String> elements(String array) {
    var elements = new ArrayList<String>();
    try (JsonReader reader = STREAM.reader(array)) {
      reader.beginArray();
      while (reader.hasNextElement()) {
        elements.add(reader.readRaw().strip());
      }
      reader.endArray();
    }
    return elements;
  }

  /// The string that a JSON string denotes; another value's text as it is.
  static String unquote(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    try (JsonReader reader = STREAM.reader(value)) {
      reader.currentToken(); // Steps onto the value: readString alone does not begin a document.
      return reader.readString();
    }
  }

  static String quote(String text) {
    var quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  /// An object of members whose values are JSON texts already.
  static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quote(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String array(List<String> elements) {
    return elements.stream().collect(Collectors.joining(",", "[", "]"));
  }

  /// The same value with the members of each object in another order: Perl's hashes have none, so
  /// the real server's answers differ each time.
  static String shuffled(String value, RandomGenerator random) {
    return switch (kind(value)) {
      case BEGIN_OBJECT -> {
        var members = new ArrayList<>(members(value).entrySet());
        Collections.shuffle(members, Random.from(random));
        var shuffled = new LinkedHashMap<String, String>();
        members.forEach(m -> shuffled.put(m.getKey(), shuffled(m.getValue(), random)));
        yield object(shuffled);
      }
      case BEGIN_ARRAY -> array(elements(value).stream().map(e -> shuffled(e, random)).toList());
      case STRING, NUMBER, BOOLEAN, NULL -> value;
    };
  }

  /// The same answer with the rows of its list in another order.
  static String withShuffledRows(String answer, RandomGenerator random) {
    var members = members(answer);
    var rows = elements(members.getOrDefault("data", "[]"));
    Collections.shuffle(rows, Random.from(random));
    members.put("data", array(rows));
    return object(members);
  }

  private static Token kind(String value) {
    return switch (value.stripLeading().charAt(0)) {
      case '{' -> Token.BEGIN_OBJECT;
      case '[' -> Token.BEGIN_ARRAY;
      case '"' -> Token.STRING;
      default -> Token.NUMBER;
    };
  }
}
