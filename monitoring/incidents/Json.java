import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import io.github.proxmoxzfs.sim.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON, written and read as texts.
final class Json {
  private static final JsonStream STREAM = JsonStream.builder().build();

  private Json() {}

  /// A string.
  static String text(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /// An object of names and values, which are JSON already.
  static String object(Object... namesAndValues) {
    var members = new ArrayList<String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.add(text(namesAndValues[i].toString()) + ':' + namesAndValues[i + 1]);
    }
    return '{' + String.join(",", members) + '}';
  }

  static String array(List<String> elements) {
    return '[' + String.join(",", elements) + ']';
  }

  static Map<String, String> members(String object) {
    return JsonText.members(object);
  }

  static List<String> elements(String array) {
    return JsonText.elements(array);
  }

  static String string(String value) {
    try (JsonReader reader = STREAM.reader(value)) {
      reader.currentToken();
      return reader.readString();
    }
  }

  /// The members of an object of strings.
  static Map<String, String> strings(String object) {
    var strings = new LinkedHashMap<String, String>();
    members(object).forEach((name, value) -> strings.put(name, string(value)));
    return strings;
  }
}
