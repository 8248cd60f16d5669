package io.github.proxmoxzfs.recording;

import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.io.StringWriter;
import java.util.Optional;

/// Writes a JSON document anew with other texts in it, all else in the same order.
final class JsonRewriter {
  private static final JsonStream STREAM = JsonStream.builder().build();

  private static final int DEEPEST = 64;

  /// Says what stands for a text.
  interface Rule {
    /// The member to write in place of one; empty to leave it out.
    Optional<String> name(String parent, String name);

    /// The text to write in place of a text.
    ///
    /// @param parent the member that the object of this member is in, or empty
    /// @param name the member, or empty in an array that is in none
    String text(String parent, String name, String text);

    /// The number, as it is to be written.
    String number(String name, String number);
  }

  private final JsonReader reader;
  private final JsonWriter writer;
  private final Rule rule;

  private JsonRewriter(JsonReader reader, JsonWriter writer, Rule rule) {
    this.reader = reader;
    this.writer = writer;
    this.rule = rule;
  }

  /// The document with what the rule says; empty where it is no well-formed JSON object, which is
  /// to be kept as faulty as it is.
  static Optional<String> rewritten(String document, Rule rule) {
    if (!document.stripLeading().startsWith("{") || !isStrict(document)) {
      return Optional.empty();
    }
    var text = new StringWriter();
    try (JsonReader reader = STREAM.reader(document);
        JsonWriter writer = STREAM.writer(text)) {
      writer.serializeNulls(true);
      writer.serializeEmpty(true);
      var _ = reader.currentToken(); // moves to the first token
      new JsonRewriter(reader, writer, rule).value("", "", 0);
    } catch (JsonException | IndexOutOfBoundsException | IllegalStateException _) {
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  /// Reading forgives missing commas; skipping does not, and finds what follows the end.
  private static boolean isStrict(String document) {
    if (document.chars().filter(character -> character == '[' || character == '{').count()
        > 200_000) {
      return false;
    }
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < document.length(); i++) {
      char character = document.charAt(i);
      depth +=
          character == '[' || character == '{' ? 1 : character == ']' || character == '}' ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    if (deepest > DEEPEST) {
      return false;
    }
    try (JsonReader reader = STREAM.reader(document)) {
      var _ = reader.currentToken();
      reader.skipValue();
      return false; // something follows
    } catch (io.avaje.json.JsonEofException _) {
      return endsAsItBegan(document);
    } catch (JsonException | IndexOutOfBoundsException _) {
      return false;
    }
  }

  private static boolean endsAsItBegan(String document) {
    return document.stripTrailing().endsWith("}");
  }

  private void value(String parent, String name, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalStateException("too deep");
    }
    switch (reader.currentToken()) {
      case BEGIN_OBJECT -> {
        reader.beginObject();
        writer.beginObject();
        while (reader.hasNextField()) {
          String member = reader.nextField();
          Optional<String> renamed = rule.name(name, member);
          if (renamed.isPresent()) {
            writer.name(renamed.get());
            value(name, member, depth + 1);
          } else {
            reader.skipValue();
          }
        }
        reader.endObject();
        writer.endObject();
      }
      case BEGIN_ARRAY -> {
        reader.beginArray();
        writer.beginArray();
        while (reader.hasNextElement()) {
          value(parent, name, depth + 1);
        }
        reader.endArray();
        writer.endArray();
      }
      case STRING -> writer.value(rule.text(parent, name, reader.readString()));
      case BOOLEAN -> writer.value(reader.readBoolean());
      case NULL -> {
        var _ = reader.isNullValue(); // consumes it
        writer.nullValue();
      }
      case NUMBER -> writer.rawValue(rule.number(name, reader.readRaw().strip()));
    }
  }
}
