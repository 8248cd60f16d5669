package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;

import io.avaje.json.mapper.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON value of a recorded answer; what is not there is a value too.
record Json(@Nullable Object value) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Json read(String text) {
    return new Json(MAPPER.fromJson(text));
  }

  boolean exists() {
    return value != null;
  }

  /// The member of that name.
  Json at(String name) {
    return new Json(members().get(name));
  }

  @SuppressWarnings("unchecked")
  Map<String, @Nullable Object> members() {
    return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
  }

  /// The members that are objects or arrays or anything else, as values.
  List<Json> memberValues() {
    return members().values().stream().map(Json::new).toList();
  }

  List<Json> elements() {
    return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
  }

  String text() {
    return (String) requireNonNull(value);
  }

  Optional<String> optionalText() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /// A number; 0 if there is none.
  long number() {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
