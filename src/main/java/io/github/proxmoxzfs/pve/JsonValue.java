package io.github.proxmoxzfs.pve;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A value of a JSON document, read leniently as to types: Proxmox does not enforce its declared
/// schemas, so that numbers come as text and truth comes as `1`, `"1"`, `0` or `""`.
///
/// Values are compared with each answer ([UnchangedData]); the equality that Java makes for records
/// goes through method handles, which the first compiler does not inline, so that of objects,
/// arrays and texts is written out.
sealed interface JsonValue {

  /// An object. Its names are unique; their order means nothing (Perl's is random).
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = Map.copyOf(members);
    }

    /// The member of that name; a missing one reads as null, as Perl makes no difference.
    JsonValue get(String name) {
      return members.getOrDefault(name, JsonNull.NULL);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
      return members.hashCode();
    }
  }

  /// An array.
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonArray array && elements.equals(array.elements);
    }

    @Override
    public int hashCode() {
      return elements.hashCode();
    }
  }

  /// A text, unescaped.
  record JsonText(String text) implements JsonValue {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof JsonText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  /// A number.
  ///
  /// @param text the number as it was written, so that 2^64−1 stays what it is
  record JsonNumber(String text) implements JsonValue {}

  /// A truth value.
  record JsonBoolean(boolean value) implements JsonValue {}

  /// Nothing.
  enum JsonNull implements JsonValue {
    NULL
  }

  /// The text, where this is a text or a number; a number's is as it was written.
  default Optional<String> asText() {
    return switch (this) {
      case JsonText(String text) -> Optional.of(text);
      case JsonNumber(String text) -> Optional.of(text);
      case JsonObject _, JsonArray _, JsonBoolean _, JsonNull _ -> Optional.empty();
    };
  }

  /// The number, where this is one or a text that shows one.
  default Optional<BigDecimal> asNumber() {
    return asText().filter(JsonTree::isNumber).flatMap(JsonValue::decimal);
  }

  /// The whole number, where this is one of −2^63 to 2^63−1.
  default OptionalLong asWholeNumber() {
    Optional<BigDecimal> number = asNumber();
    if (number.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(number.get().longValueExact());
    } catch (ArithmeticException ignored) { // a fraction, or out of range
      return OptionalLong.empty();
    }
  }

  /// The number as the nearest double, where this is one and finite.
  default OptionalDouble asDouble() {
    return asNumber().stream()
        .mapToDouble(BigDecimal::doubleValue)
        .filter(Double::isFinite)
        .findFirst();
  }

  /// Whether Perl takes this for true: all but null, false, `0`, `"0"` and the empty text.
  default boolean isTrue() {
    return switch (this) {
      case JsonBoolean(boolean value) -> value;
      case JsonNumber(String text) ->
          asNumber().map(number -> number.signum() != 0).orElse(!text.isEmpty());
      case JsonText(String text) -> !text.isEmpty() && !text.equals("0");
      case JsonNull _ -> false;
      case JsonObject _, JsonArray _ -> true;
    };
  }

  /// What kind of value this is, for a message.
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "an array";
      case JsonText _ -> "a text";
      case JsonNumber _ -> "a number";
      case JsonBoolean(boolean value) -> String.valueOf(value).toLowerCase(Locale.ROOT);
      case JsonNull _ -> "null or missing";
    };
  }

  private static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException ignored) { // an exponent beyond an int
      return Optional.empty();
    }
  }
}
