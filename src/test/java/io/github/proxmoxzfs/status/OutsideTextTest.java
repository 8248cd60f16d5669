package io.github.proxmoxzfs.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideTextTest {
  @ParameterizedTest
  @CsvSource({
    "tank,                        tank",
    "'a\u001b[2Jb',               'a\\u{1b}[2Jb'",
    "'a\u202etxt',                'a\\u{202e}txt'",
    "'a\u05d0b',                  'a\\u{5d0}b'",
    "'a\u200bb',                  'a\\u{200b}b'",
    "'a\u0085b',                  'a\\u{85}b'",
    "'zürich-池',                 'zürich-池'"
  })
  void whatWouldMoveTheCursorOrTurnTheTextIsShownAsItsCode(String text, String shown) {
    assertThat(OutsideText.harmless(text)).isEqualTo(shown);
  }
}
