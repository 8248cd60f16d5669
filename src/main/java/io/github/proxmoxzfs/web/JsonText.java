package io.github.proxmoxzfs.web;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/// Writes JSON.
public final class JsonText {
  private JsonText() {}

  /// A text as a JSON string, quotes included. What is not ASCII is escaped, so that no direction
  /// mark or other invisible character is shown by whoever reads it raw.
  public static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character >= ' ' && character < 0x7f) {
        quoted.append(character);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      }
    }
    return quoted.append('"').toString();
  }

  /// An object of texts.
  public static String object(Map<String, String> fields) {
    var text = new StringBuilder("{");
    for (Iterator<Map.Entry<String, String>> all = fields.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<String, String> field = all.next();
      text.append(quoted(field.getKey())).append(':').append(quoted(field.getValue()));
      text.append(all.hasNext() ? "," : "");
    }
    return text.append('}').toString();
  }
}
