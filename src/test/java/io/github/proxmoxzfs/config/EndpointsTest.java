package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
  @ParameterizedTest
  @CsvSource({
    "pve1, https://pve1:8006, pve1",
    "PVE1.example., https://pve1.example.:8006, pve1.example.",
    "pve1:443, https://pve1:443, pve1",
    "https://pve1, https://pve1:8006, pve1",
    "HTTPS://pve1:443/, https://pve1:443, pve1",
    "192.168.0.20, https://192.168.0.20:8006, 192.168.0.20",
    "[::1], https://[::1]:8006, --1",
    "'https://[2001:db8::1]:443', https://[2001:db8::1]:443, 2001-db8--1",
    "3com.example, https://3com.example:8006, 3com.example"
  })
  void anEndpointIsAHostWithPort8006UnlessOneIsWritten(String text, URI expected, String name) {
    var mistakes = new Mistakes();
    var given = new Given("endpoints", text, new Place("config.yml", 1, Path.of("")));

    assertThat(Endpoints.parse(List.of(given), mistakes)).containsExactly(expected);
    assertThat(mistakes.inOrder()).isEmpty();
    assertThat(expected.getHost()).isNotNull();
    assertThat(Endpoints.nameOf(expected)).isEqualTo(name);
  }
}
