package io.github.proxmoxzfs.demo;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A notification of Alertmanager, as its webhook sends it.
///
/// @param page whether it went to the pager, else to the mailbox
/// @param alerts what it tells, at least one
public record Told(boolean page, List<Alert> alerts) {
  private static final JsonStream STREAM = JsonStream.builder().build();

  /// An alert of it.
  ///
  /// @param firing whether it fires, else it has ended
  /// @param name its name
  /// @param description what it says; without line breaks
  public record Alert(boolean firing, String name, String description) {}

  /// Copies the alerts.
  public Told {
    alerts = List.copyOf(alerts);
  }

  /// Whether any of it fires.
  public boolean firing() {
    return alerts.stream().anyMatch(Alert::firing);
  }

  /// Reads what the webhook sends.
  ///
  /// @throws io.avaje.json.JsonException if it is anything else
  static Told of(boolean page, String json) {
    String alerts = members(json).getOrDefault("alerts", "[]");
    // One reader after the other: they share a buffer.
    return new Told(page, elements(alerts).stream().map(Told::alert).toList());
  }

  private static List<String> elements(String array) {
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

  private static Alert alert(String json) {
    Map<String, String> members = members(json);
    Map<String, String> labels = members(members.getOrDefault("labels", "{}"));
    Map<String, String> annotations = members(members.getOrDefault("annotations", "{}"));
    return new Alert(
        text(members, "status").equals("firing"),
        text(labels, "alertname"),
        text(annotations, "description").replaceAll("\\s+", " "));
  }

  private static Map<String, String> members(String object) {
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

  private static String text(Map<String, String> members, String name) {
    try (JsonReader reader = STREAM.reader(members.getOrDefault(name, "\"\""))) {
      reader.currentToken(); // Steps onto the value: readString alone does not begin a document.
      return reader.readString();
    }
  }
}
