package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrcTest {
  private static int crc(byte[] text) {
    var crc = new CRC32();
    crc.update(text);
    return (int) crc.getValue();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 7", "7, 0", "1, 1", "5, 3", "300, 4096", "70000, 1", "1, 1000000"})
  void theChecksumOfTwoTextsIsThatOfTheWhole(int first, int second) {
    var whole = new byte[first + second];
    new Random(first * 31L + second).nextBytes(whole);
    int combined =
        Crc.combined(
            crc(Arrays.copyOf(whole, first)),
            crc(Arrays.copyOfRange(whole, first, first + second)),
            second);
    assertThat(combined).isEqualTo(crc(whole));
  }
}
