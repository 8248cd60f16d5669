package io.github.proxmoxzfs.pve;

import io.avaje.json.JsonDataException;
import io.avaje.json.JsonEofException;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.avaje.json.stream.BufferRecycleStrategy;
import io.avaje.json.stream.JsonStream;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonBoolean;
import io.github.proxmoxzfs.pve.JsonValue.JsonNull;
import io.github.proxmoxzfs.pve.JsonValue.JsonNumber;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import io.github.proxmoxzfs.pve.JsonValue.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads a JSON document into a tree of bounded depth and size.
///
/// The lexing is avaje's. Around it stands what it leaves open: its generic reading rounds large
/// numbers (so each is taken as it was written), its recursion has no limit, it forgives missing
/// and stray commas, and it does not look beyond the document's end.
final class JsonTree {
  /// How deep values may be nested. The deepest answer that we know, a pool of nested spares, needs
  /// 12.
  static final int MAX_DEPTH = 64;

  /// How many values a document may hold; 4 MB of `0,` would else become 200 MB of objects.
  static final int MAX_VALUES = 200_000;

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private static final char REPLACEMENT = '\uFFFD';

  /// Recycled parsers keep the buffer of the largest answer for ever, so those of large ones are
  /// thrown away. Nearly all answers are small, and a new parser for each of them would be a
  /// twelfth of what a scrape allocates.
  private static final int SMALL = 32 * 1024;

  /// Not LOCK_FREE, which would do: where that is the first strategy to be used in a process, avaje
  /// 3.11 fails wherever its default is used on a virtual thread afterwards (a class is initialized
  /// within its own initialization), as the simulator does.
  private static final JsonStream RECYCLING = stream(BufferRecycleStrategy.HYBRID_POOL);

  private static final JsonStream NOT_RECYCLING = stream(BufferRecycleStrategy.NO_RECYCLING);

  private final JsonReader reader;
  private int values;

  private JsonTree(JsonReader reader) {
    this.reader = reader;
  }

  private static JsonStream stream(BufferRecycleStrategy strategy) {
    return JsonStream.builder().bufferRecycling(strategy).build();
  }

  private static JsonReader reader(byte[] document) {
    return (document.length <= SMALL ? RECYCLING : NOT_RECYCLING).reader(document);
  }

  /// Reads a document, which must be one object and nothing else but white space.
  ///
  /// @throws MalformedException if it is anything else. The message shows nothing of the document.
  static JsonObject read(byte[] document) throws MalformedException {
    requireText(document);
    try {
      JsonValue root = readTree(document);
      requireStrict(document);
      if (root instanceof JsonObject object) {
        return object;
      }
      throw new MalformedException("the answer is not a JSON object");
    } catch (JsonEofException e) {
      throw new MalformedException("the answer is cut short");
    } catch (JsonDataException e) {
      // Of its own limit on texts avaje tells by the message alone.
      throw new MalformedException(
          String.valueOf(e.getMessage()).startsWith("Maximum string buffer")
              ? "the answer holds a text that is too long"
              : "the answer is not JSON");
    } catch (JsonException | IndexOutOfBoundsException e) {
      // The parser runs over its buffer's end where a document ends within an escape.
      throw new MalformedException("the answer is not JSON");
    }
  }

  private static void requireText(byte[] document) throws MalformedException {
    boolean ascii = true;
    boolean blank = true;
    for (byte one : document) {
      ascii &= one >= 0;
      blank &= one >= 0 && Character.isWhitespace(one);
    }
    if (blank) {
      throw new MalformedException("the answer is empty");
    }
    if (!ascii) {
      requireUtf8(document);
    }
  }

  private static void requireUtf8(byte[] document) throws MalformedException {
    String text = new String(document, StandardCharsets.UTF_8);
    // What is not UTF-8 has become replacement characters, which may also stand there by right. A
    // decoder that reports it is far slower.
    if (text.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), document)) {
      throw new MalformedException("the answer is not UTF-8 text");
    }
  }

  private static JsonValue readTree(byte[] document) throws MalformedException {
    try (JsonReader reader = reader(document)) {
      return switch (reader.currentToken()) {
        case BEGIN_OBJECT, BEGIN_ARRAY -> new JsonTree(reader).value(1);
        case STRING, NUMBER, BOOLEAN, NULL ->
            throw new MalformedException("the answer is not a JSON object");
      };
    }
  }

  /// A second pass, which skips the document as one value: unlike reading, skipping is strict about
  /// commas (but for one before the first element of an array). It ends by looking for what
  /// follows, and there must be nothing. It recurses, which the first pass has made safe.
  private static void requireStrict(byte[] document) throws MalformedException {
    try (JsonReader reader = reader(document)) {
      var _ = reader.currentToken(); // moves to the first token
      reader.skipValue();
    } catch (JsonEofException nothingFollows) {
      return;
    }
    throw new MalformedException("the answer goes on after its end");
  }

  private JsonValue value(int depth) throws MalformedException {
    if (depth > MAX_DEPTH) {
      throw new MalformedException("the answer is nested deeper than " + MAX_DEPTH);
    }
    values++;
    if (values > MAX_VALUES) {
      throw new MalformedException("the answer holds more than " + MAX_VALUES + " values");
    }
    return switch (reader.currentToken()) {
      case BEGIN_OBJECT -> object(depth);
      case BEGIN_ARRAY -> array(depth);
      case STRING -> new JsonText(reader.readString());
      case BOOLEAN -> new JsonBoolean(reader.readBoolean());
      case NULL -> {
        var _ = reader.isNullValue(); // consumes it
        yield JsonNull.NULL;
      }
      case NUMBER -> number();
    };
  }

  private JsonObject object(int depth) throws MalformedException {
    Map<String, JsonValue> members = new HashMap<>();
    reader.beginObject();
    while (reader.hasNextField()) {
      String name = reader.nextField();
      // Perl's hashes cannot write a name twice; of two values none can be relied on.
      if (members.put(name, value(depth + 1)) != null) {
        throw new MalformedException("the answer names a field twice");
      }
    }
    reader.endObject();
    return new JsonObject(members);
  }

  private JsonArray array(int depth) throws MalformedException {
    List<JsonValue> elements = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNextElement()) {
      elements.add(value(depth + 1));
    }
    reader.endArray();
    return new JsonArray(elements);
  }

  /// Whether a text is a number as JSON writes them, which is stricter than Java.
  static boolean isNumber(String text) {
    return isCount(text) || NUMBER.matcher(text).matches();
  }

  /// Whether it is a whole number without a sign, as nearly all are, which needs no pattern.
  private static boolean isCount(String text) {
    if (text.isEmpty() || (text.charAt(0) == '0' && text.length() > 1)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The reader calls everything a number that begins like nothing else, and its raw text runs to
  /// the next delimiter.
  private JsonNumber number() throws MalformedException {
    String text = reader.readRaw().strip();
    if (!isNumber(text)) {
      throw new MalformedException("the answer is not JSON");
    }
    return new JsonNumber(text);
  }
}
