package io.github.proxmoxzfs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.web.LastCollections.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastCollectionsTest {
  @ParameterizedTest
  @CsvSource({
    // first collection to this one, this one to now, is it old
    "PT0S,   PT4.9S,  false",
    "PT0S,   PT5S,    true",
    "PT1M59S,PT5S,    true",
    "PT2M,   PT59.9S, false",
    "PT2M,   PT1M,    true",
  })
  void aCollectionSoonAfterTheStartIsOldSooner(Duration before, Duration after, boolean isOld) {
    var snapshot =
        new ClusterSnapshot(
            Instant.EPOCH, new Reading.Ok<>(List.of(), Instant.EPOCH), Duration.ZERO);
    // Counters of nanoseconds may begin anywhere, and run over.
    long first = Long.MAX_VALUE - 1;
    long made = first + before.toNanos();
    assertThat(new Seen(snapshot, first, made).isOld(made + after.toNanos())).isEqualTo(isOld);
  }
}
