package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.web.Paths;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalUrlTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // URL, prefix given: prefix, URL understood
        "-,                         -,       '',     -",
        "https://example.org,       -,       '',     https://example.org",
        "https://example.org/,      -,       '',     https://example.org",
        "https://example.org/zfs/,  -,       /zfs,   https://example.org/zfs",
        "http://example.org:81/a/b, -,       /a/b,   http://example.org:81/a/b",
        "https://example.org/zfs/,  /,       '',     https://example.org/zfs",
        "https://example.org/zfs/,  /other/, /other, https://example.org/zfs",
        "-,                         zfs,     /zfs,   -",
        "-,                         /zfs/,   /zfs,   -",
        "http://[::1]:9000/zfs,     -,       /zfs,   http://[::1]:9000/zfs",
      })
  void slashesAtTheEndsDoNotCount(String url, String given, String prefix, String understood) {
    assertThat(ExternalUrl.paths(Optional.ofNullable(url), Optional.ofNullable(given)))
        .isEqualTo(new Paths(prefix, Optional.ofNullable(understood).map(URI::create)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "/zfs",
        "ftp://example.org/",
        "https://u:p@example.org/",
        "https://",
        "https://example.org/?x",
        "https://example.org/#x",
        "https://example.org/a b",
        "https://e/a//b"
      })
  void whatIsNoUrlOfOursIsRefused(String url) {
    assertThatThrownBy(() -> ExternalUrl.paths(Optional.of(url), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--web.external-url must be")
        .hasMessageNotContaining("u:p");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a?b", "/%2e", "/a//b"})
  void whatIsNoPrefixIsRefused(String prefix) {
    assertThatThrownBy(() -> ExternalUrl.paths(Optional.empty(), Optional.of(prefix)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
