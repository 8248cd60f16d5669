package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonBoolean;
import io.github.proxmoxzfs.pve.JsonValue.JsonNull;
import io.github.proxmoxzfs.pve.JsonValue.JsonNumber;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import io.github.proxmoxzfs.pve.JsonValue.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  @Test
  void everyKindOfValueIsRead() throws Exception {
    assertThat(
            read(
                """
                 {"text": "a\\"b\\u00e9\\ud83d\\ude00 ü\\n", "number": -1.50, "yes": true, "no": false,
                  "nothing": null, "list": [1, "x", [], {}], "object": {"inner": {"deep": [2 , 3]}}, "empty":"" } \

                 """))
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "text", new JsonText("a\"bé😀 ü\n"),
                    "number", new JsonNumber("-1.50"),
                    "yes", new JsonBoolean(true),
                    "no", new JsonBoolean(false),
                    "nothing", JsonNull.NULL,
                    "list",
                        new JsonArray(
                            List.of(
                                new JsonNumber("1"),
                                new JsonText("x"),
                                new JsonArray(List.of()),
                                new JsonObject(Map.of()))),
                    "object",
                        new JsonObject(
                            Map.of(
                                "inner",
                                new JsonObject(
                                    Map.of(
                                        "deep",
                                        new JsonArray(
                                            List.of(new JsonNumber("2"), new JsonNumber("3"))))))),
                    "empty", new JsonText(""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551615",
        "9007199254740993",
        "1e400",
        "-0",
        "0.1000000000000000055511151231257827",
        "1E+2",
        "123456789012345678901234567890"
      })
  void numbersAreKeptAsTheyWereWritten(String number) throws Exception {
    assertThat(read("{\"n\":" + number + "}").get("n")).isEqualTo(new JsonNumber(number));
    assertThat(read("{\"n\":[ " + number + " ]}").get("n"))
        .isEqualTo(new JsonArray(List.of(new JsonNumber(number))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}{}",
        "{} {}",
        "{}x",
        "{},",
        "{}]",
        "{}}",
        "{\"a\":1}garbage",
        "[]",
        "[{}]",
        "\"text\"",
        "12",
        "true",
        "null",
        "",
        " \n",
        "<html><body>502</body></html>",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":\"x",
        "{\"a\":\"x\\",
        "{\"a\":\"x\\u00",
        "{\"a\":[1,2",
        "{\"a\":tru",
        "{\"a\":nul}",
        "{\"a\":nope}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x10}",
        "{\"a\":NaN}",
        "{\"a\":-}",
        "{\"a\":1 2}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":\"x\" \"b\":2}",
        "{\"a\":\"x\" y}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":[\"x\" \"y\"]}",
        "{\"a\":\"\\q\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1]",
        "{\"a\":[1}}"
      })
  void whatIsNotOneJsonObjectIsRefused(String document) {
    assertThatThrownBy(() -> read(document)).isInstanceOf(MalformedException.class);
  }

  @Test
  void eachRefusalSaysWhy() {
    assertThatThrownBy(() -> read("{\"a\":1")).hasMessage("the answer is cut short");
    assertThatThrownBy(() -> read("{\"a\":\"" + "x".repeat(3_900_000) + "\"}"))
        .hasMessage("the answer holds a text that is too long");
    assertThatThrownBy(() -> read("")).hasMessage("the answer is empty");
    assertThatThrownBy(() -> read("{}{}")).hasMessage("the answer goes on after its end");
    assertThatThrownBy(() -> read("<html>")).hasMessage("the answer is not a JSON object");
    assertThatThrownBy(() -> read("[1]")).hasMessage("the answer is not a JSON object");
    assertThatThrownBy(() -> read("{\"a\":1,\"a\":1}"))
        .hasMessage("the answer names a field twice");
    assertThatThrownBy(() -> JsonTree.read(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
        .hasMessage("the answer is not UTF-8 text");
  }

  @Test
  void aReplacementCharacterThatStandsThereByRightIsRead() throws Exception {
    assertThat(read("{\"a\":\"\uFFFD\"}").get("a")).isEqualTo(new JsonText("\uFFFD"));
  }

  @Test
  void onlyACommaBeforeTheFirstElementIsForgiven() throws Exception {
    assertThat(read("{\"a\":[,1]}")).isEqualTo(read("{\"a\":[1]}"));
  }

  @Test
  void nestingIsBounded() throws Exception {
    assertThat(read(nested(64)).members()).containsKey("a");
    assertThatThrownBy(() -> read(nested(65))).hasMessage("the answer is nested deeper than 64");
    assertThatThrownBy(() -> read(nested(100_000)))
        .hasMessage("the answer is nested deeper than 64");
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .hasMessage("the answer is nested deeper than 64");
    assertThatThrownBy(() -> read("{\"a\":".repeat(100_000)))
        .hasMessage("the answer is nested deeper than 64");
  }

  @Test
  void theNumberOfValuesIsBounded() {
    assertThatThrownBy(() -> read("{\"a\":[" + "0,".repeat(1_000_000) + "0]}"))
        .hasMessage("the answer holds more than 200000 values");
  }

  @Test
  void everyTruncationOfARealAnswerIsRefused() throws Exception {
    String answer =
        "{\"data\":[{\"name\":\"tank ü\\u00e9\\\\\",\"size\":603979776,\"health\":null,\"ok\":true}]}";
    assertThat(read(answer).members()).hasSize(1);
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> JsonTree.read(part)).isInstanceOf(MalformedException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "5900, 5900",
        "'\"5900\"', 5900",
        "-1, -1",
        "1.0, 1",
        "1e3, 1000",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, none",
        "18446744073709551615, none",
        "1e400, none",
        "1e-400, none",
        "1e99999999999, none",
        "1e999999999, none",
        "1.5, none",
        "'\"N/A\"', none",
        "'\"\"', none",
        "'\" 5\"', none",
        "'\"0x10\"', none",
        "null, none",
        "true, none",
        "[], none",
        "{}, none"
      })
  void wholeNumbersComeFromNumbersAndTexts(String json, Long expected) throws Exception {
    var number = read("{\"n\":" + json + "}").get("n").asWholeNumber();
    assertThat(number.isPresent() ? (Long) number.getAsLong() : null).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "0, false",
    "0.0, false",
    "-1, true",
    "'\"1\"', true",
    "'\"0\"', false",
    "'\"\"', false",
    "true, true",
    "false, false",
    "null, false"
  })
  void truthIsPerls(String json, boolean expected) throws Exception {
    assertThat(read("{\"b\":" + json + "}").get("b").isTrue()).isEqualTo(expected);
  }

  @Test
  void doublesAreFiniteOrAbsent() throws Exception {
    assertThat(read("{\"n\":1.07}").get("n").asDouble()).hasValue(1.07);
    assertThat(read("{\"n\":\"1.07\"}").get("n").asDouble()).hasValue(1.07);
    assertThat(read("{\"n\":1e400}").get("n").asDouble()).isEmpty();
  }

  private static String nested(int depth) {
    return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  private static JsonObject read(String document) throws MalformedException {
    return JsonTree.read(document.getBytes(StandardCharsets.UTF_8));
  }
}
