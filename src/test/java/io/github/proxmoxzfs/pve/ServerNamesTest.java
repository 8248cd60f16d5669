package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNamesTest {
  @ParameterizedTest
  @CsvSource({
    "pve1.example, pve1.example, true",
    "PVE1.Example, pve1.eXample, true",
    "pve1.example, pve1.example., true",
    "pve1.example, pve2.example, false",
    "pve1.example, pve1, false",
    "pve1, pve1, true",
    "*.lab.example, pve1.lab.example, true",
    "*.lab.example, a.pve1.lab.example, false",
    "*.lab.example, lab.example, false",
    "*.lab.example, .lab.example, false",
    "*.example, pve1.example, false",
    "*, pve1, false",
    "*.*.example, a.b.example, false",
    "p*.lab.example, pve1.lab.example, false",
    "pve1.*.example, pve1.lab.example, false",
    "*.0.0.1, 127.0.0.1, false",
    "127.0.0.1, 127.0.0.1, false"
  })
  void hostNames(String inCertificate, String name, boolean expected) {
    assertThat(ServerNames.matches(List.of("other.example", inCertificate), List.of(), name))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "2001:db8:0:0:0:0:0:1, 2001:db8::1, true",
    "2001:db8:0:0:0:0:0:1, 2001:db8::2, false",
    "0:0:0:0:0:0:0:1, ::1, true",
    "192.0.2.7, pve1.example, false",
    "192.0.2.7, 999.0.2.7, false"
  })
  void addresses(String inCertificate, String name, boolean expected) {
    assertThat(ServerNames.matches(List.of(), List.of("198.51.100.1", inCertificate), name))
        .isEqualTo(expected);
  }
}
