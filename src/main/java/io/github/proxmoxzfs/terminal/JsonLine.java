package io.github.proxmoxzfs.terminal;

import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Writes an object of JSON on one line. What is absent is left out.
final class JsonLine {
  private static final JsonStream STREAM = JsonStream.builder().build();

  private static final double NANOS_PER_SECOND = 1e9;

  private final JsonWriter writer;

  private JsonLine(JsonWriter writer) {
    this.writer = writer;
  }

  /// An object with the members that are written by `members`.
  static String of(Consumer<JsonLine> members) {
    var text = new StringWriter();
    try (JsonWriter writer = STREAM.writer(text)) {
      writer.serializeEmpty(true);
      writer.beginObject();
      members.accept(new JsonLine(writer));
      writer.endObject();
    }
    return text.toString();
  }

  JsonLine add(String name, String value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  JsonLine add(String name, long value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  JsonLine add(String name, boolean value) {
    writer.name(name);
    writer.value(value);
    return this;
  }

  JsonLine add(String name, Instant value) {
    return add(name, value.toString());
  }

  JsonLine add(String name, double value) {
    if (Double.isFinite(value)) {
      writer.name(name);
      writer.value(value);
    }
    return this;
  }

  JsonLine add(String name, Duration value) {
    return add(name, value.toNanos() / NANOS_PER_SECOND);
  }

  JsonLine add(String name, OptionalLong value) {
    value.ifPresent(known -> add(name, known));
    return this;
  }

  JsonLine add(String name, OptionalInt value) {
    value.ifPresent(known -> add(name, known));
    return this;
  }

  JsonLine add(String name, OptionalDouble value) {
    value.ifPresent(known -> add(name, known));
    return this;
  }

  JsonLine text(String name, Optional<String> value) {
    value.ifPresent(known -> add(name, known));
    return this;
  }

  JsonLine texts(String name, List<String> values) {
    writer.name(name);
    writer.beginArray();
    values.forEach(writer::value);
    writer.endArray();
    return this;
  }

  JsonLine object(String name, Consumer<JsonLine> members) {
    writer.name(name);
    writer.beginObject();
    members.accept(this);
    writer.endObject();
    return this;
  }

  <T> JsonLine objects(String name, List<T> values, Consumer<T> members) {
    writer.name(name);
    writer.beginArray();
    for (T value : values) {
      writer.beginObject();
      members.accept(value);
      writer.endObject();
    }
    writer.endArray();
    return this;
  }
}
