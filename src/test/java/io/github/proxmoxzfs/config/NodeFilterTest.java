package io.github.proxmoxzfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFilterTest {
  @ParameterizedTest
  @CsvSource({
    "*, pve1, true",
    "pve1, pve1, true",
    "pve1, pve10, false",
    "pve1, PVE1, false",
    "pve?, pve1, true",
    "pve?, pve, false",
    "pve*, pve, true",
    "*-test, a-test-b-test, true",
    "*-test, a-test-b, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXcb, false",
    "p.e, pve, false"
  })
  void patternsMatchWholeNames(String pattern, String node, boolean matches) {
    assertThat(new NodeFilter(List.of(pattern), List.of()).includes(node)).isEqualTo(matches);
  }

  @Test
  void exclusionCountsMore() {
    var filter = new NodeFilter(List.of("pve*", "nas"), List.of("*9"));

    assertThat(List.of("pve1", "pve9", "nas", "other").stream().filter(filter::includes))
        .containsExactly("pve1", "nas");
  }

  @Test
  void manyStarsTakeNoTime() {
    var filter = new NodeFilter(List.of("*a".repeat(30) + "b"), List.of());

    assertThat(filter.includes("a".repeat(2000))).isFalse();
  }
}
