package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutEndTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void write(String text, int atOnce, String end) throws IOException {
    var withoutEnd = new WithoutEnd(out, bytes(end));
    byte[] bytes = bytes(text);
    for (int from = 0; from < bytes.length; from += atOnce) {
      withoutEnd.write(bytes, from, Math.min(atOnce, bytes.length - from));
    }
    withoutEnd.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 6, 7, 11, 100})
  void theEndIsLeftOutHoweverItIsWritten(int atOnce) throws IOException {
    write("zfs 1\n# EOF\nzfs 2\n# EOF\n", atOnce, "# EOF\n");
    assertThat(out).hasToString("zfs 1\n# EOF\nzfs 2\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100})
  void withoutAnEndAllIsPassedOn(int atOnce) throws IOException {
    write("zfs 1\n", atOnce, "");
    assertThat(out).hasToString("zfs 1\n");
  }

  @Test
  void bytesOneByOneAreHeldBackToo() throws IOException {
    var withoutEnd = new WithoutEnd(out, bytes("!"));
    withoutEnd.write('a');
    withoutEnd.write('!');
    withoutEnd.finish();
    assertThat(out).hasToString("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# EOF", "zfs 1\n"})
  void anotherEndIsAnError(String text) {
    assertThatThrownBy(() -> write(text, 3, "# EOF\n")).isInstanceOf(IOException.class);
  }
}
