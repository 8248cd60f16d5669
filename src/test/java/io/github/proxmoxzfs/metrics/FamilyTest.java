package io.github.proxmoxzfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FamilyTest {
  private static final Gauge SIZE = Gauge.of("size_bytes", "Size in bytes.", "node", "pool");
  private static final Gauge FREE = Gauge.of("free_bytes", "Free in bytes.", "node", "pool");

  private record Series(double value, String node, String pool) {}

  private static Family family(Gauge gauge, Series... series) {
    var family = new Family(gauge);
    for (Series one : series) {
      family.add(one.value(), new String[] {one.node(), one.pool()});
    }
    return family;
  }

  private static final Series TANK = new Series(1, "pve1", "tank");
  private static final Series FAST = new Series(Double.NaN, "pve1", "fast");

  private static List<Family> others() {
    return List.of(
        family(SIZE),
        family(SIZE, TANK),
        family(SIZE, FAST, TANK),
        family(SIZE, TANK, FAST, FAST),
        family(FREE, TANK, FAST),
        family(SIZE, TANK, new Series(0, "pve1", "fast")),
        family(SIZE, new Series(2, "pve1", "tank"), FAST),
        family(SIZE, new Series(1, "pve2", "tank"), FAST),
        family(SIZE, new Series(1, "pve1", "Tank"), FAST));
  }

  @ParameterizedTest
  @MethodSource("others")
  void anyDifferenceIsOne(Family other) {
    var family = family(SIZE, TANK, FAST);
    assertThat(family.saysTheSameAs(other)).isFalse();
    assertThat(other.saysTheSameAs(family)).isFalse();
    assertThat(other.saysTheSameAs(other)).isTrue();
    assertThat(family.saysTheSameAs(family(SIZE, TANK, FAST))).isTrue();
  }
}
