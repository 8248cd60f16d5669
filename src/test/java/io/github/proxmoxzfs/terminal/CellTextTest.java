package io.github.proxmoxzfs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {
  @ParameterizedTest
  @CsvSource({"tank, 4", "池, 2", "プール, 6", "e\u0301, 1", "😀, 2", "█, 1", "ｱ, 1"})
  void wideCharactersTakeTwoCells(String text, int cells) {
    assertThat(CellText.width(text)).isEqualTo(cells);
  }

  @Test
  void aTextIsCutToItsCells() {
    assertThat(CellText.cut("abcdef", 4)).isEqualTo("abc…");
    assertThat(CellText.cut("池池池", 4)).isEqualTo("池…");
    assertThat(CellText.cutInTheMiddle("ata-Samsung_SSD_870_S5Y2N-part1", 16))
        .isEqualTo("ata-…S5Y2N-part1");
    assertThat(CellText.cutInTheMiddle("ata-Samsung_SSD_870_S5Y2N-part1", 17))
        .isEqualTo("ata-S…S5Y2N-part1");
    assertThat(CellText.cutInTheMiddle("ata-Samsung_SSD_870_S5Y2NF0R1-part1", 20))
        .isEqualTo("ata-…S5Y2NF0R1-part1");
  }
}
