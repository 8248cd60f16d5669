package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.DataErrors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataErrorsParserTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("No known data errors", new DataErrors.Count(0)),
        arguments("1 data errors, use '-v' for a list", new DataErrors.Count(1)),
        arguments("3210 data errors, use '-v' for a list", new DataErrors.Count(3210)),
        arguments(
            "List of errors unavailable: pool I/O is currently suspended",
            new DataErrors.Unavailable()),
        arguments(
            "List of errors unavailable (insufficient privileges)", new DataErrors.Unavailable()),
        arguments(
            "Permanent errors have been detected in the following files:",
            new DataErrors.Unknown("Permanent errors have been detected in the following files:")),
        arguments("many data errors", new DataErrors.Unknown("many data errors")),
        arguments("", new DataErrors.Unknown("")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void eachFormIsRead(String text, DataErrors expected) {
    assertThat(DataErrorsParser.parse(text)).isEqualTo(expected);
  }
}
