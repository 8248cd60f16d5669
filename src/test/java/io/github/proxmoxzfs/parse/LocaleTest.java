package io.github.proxmoxzfs.parse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Scan;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;

/// Neither the locale nor the zone of the process changes what is read: not the Turkish i, not the
/// decimal comma, not the digits of another script.
class LocaleTest {
  private static final Locale LOCALE = Locale.getDefault();
  private static final TimeZone ZONE = TimeZone.getDefault();
  private static List<PoolStatus> expected = List.of();

  @BeforeAll
  static void readInOurs() {
    expected = RecordedPool.all().stream().map(RecordedPool::parse).toList();
  }

  @AfterEach
  void restore() {
    Locale.setDefault(LOCALE);
    TimeZone.setDefault(ZONE);
  }

  @ParameterizedTest
  @CsvSource({
    "tr-TR, Asia/Kolkata",
    "de-DE, America/New_York",
    "ar-EG-u-nu-arab, Pacific/Chatham",
    "th-TH-u-ca-buddhist, Europe/Berlin",
  })
  void localeAndZoneOfTheProcessChangeNothing(String locale, String zone) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    TimeZone.setDefault(TimeZone.getTimeZone(zone));

    assertThat(RecordedPool.all().stream().map(RecordedPool::parse).toList()).isEqualTo(expected);
    ScanParserTest.finished().forEach(LocaleTest::isRead);
    ScanParserTest.underWay().forEach(LocaleTest::isRead);
    assertThat(expected).allMatch(status -> !status.health().label().contains("ı"));
  }

  private static void isRead(Arguments templateCase) {
    assertThat(ScanParser.parse((String) requireNonNull(templateCase.get()[1])))
        .isEqualTo((Scan) templateCase.get()[2]);
  }
}
