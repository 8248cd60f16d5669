package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NicenumTest {
  /// Printed by ZFS's own code.
  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1, 1B",
    "999, 999B",
    "1023, 1023B",
    "1024, 1K",
    "1025, 1.00K",
    "10239, 10.0K",
    "10240, 10K",
    "1048575, 1024K",
    "1310720, 1.25M",
    "1073741823, 1024M",
    "1234567890123, 1.12T",
  })
  void ourCopyPrintsWhatZfsPrints(long number, String printed) {
    assertThat(Nicenum.bytes(number)).isEqualTo(printed);
  }
}
