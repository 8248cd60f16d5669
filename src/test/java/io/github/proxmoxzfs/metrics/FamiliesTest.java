package io.github.proxmoxzfs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxzfs.domain.Scope;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  private static final Gauge SIZE = Gauge.of("size_bytes", "Size in bytes.", "node", "pool");
  private static final Gauge UP = Gauge.of("up", "Whether it is up.");

  @Test
  void allContendersForOneSetOfLabelsAreDroppedAndTheOthersStay() {
    var families = new Families(new Scope.WholeCluster());
    families.add(SIZE, 1, "pve1", "my");
    families.add(SIZE, 2, "pve1", "my");
    families.add(SIZE, 3, "pve1", "tank");
    families.add(UP, true);
    Exposition.Whole exposition = families.build().whole();
    assertThat(exposition.droppedDuplicates())
        .containsExactly("size_bytes{node=\"pve1\",pool=\"my\"}");
    assertThat(exposition.families().stream().map(family -> family.getMetadata().getName()))
        .containsExactly("size_bytes", "up");
    assertThat(((GaugeSnapshot) exposition.families().get(0)).getDataPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isEqualTo(3));
  }

  @Test
  void aFamilyWithoutSeriesIsNotThere() {
    var families = new Families(new Scope.WholeCluster());
    families.add(SIZE, 1, "pve1", "my");
    families.add(SIZE, 1, "pve1", "my");
    assertThat(families.build().families().size()).isZero();
  }

  @Test
  void aFamilyThatCannotBeBuiltCostsOnlyItself() {
    var families = new Families(new Scope.WholeCluster());
    families.add(Gauge.of("", "Help."), 1);
    families.add(UP, true);
    assertThat(families.build().families().stream().map(f -> f.getMetadata().getName()))
        .containsExactly("up");
  }

  @Test
  void aSeriesHasAValueForEachLabel() {
    assertThatThrownBy(() -> new Families(new Scope.WholeCluster()).add(SIZE, 1, "pve1"))
        .hasMessageContaining("size_bytes");
  }
}
