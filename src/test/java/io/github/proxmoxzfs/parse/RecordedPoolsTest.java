package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.VdevState;
import io.github.proxmoxzfs.domain.VdevType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedPoolsTest {
  static List<RecordedPool> all() {
    return RecordedPool.all();
  }

  @Test
  void thereAreAHundredRecordings() {
    assertThat(all()).hasSizeGreaterThan(100);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingRecordedIsUnknown(RecordedPool recorded) {
    PoolStatus status = recorded.parse();

    assertThat(status.unknownTexts()).isEmpty();
    assertThat(status.health()).isNotEqualTo(PoolHealth.UNKNOWN);
    assertThat(status.vdevs()).isNotEmpty();
    assertThat(status.allVdevs())
        .noneMatch(vdev -> vdev.state() == VdevState.UNKNOWN)
        .noneMatch(vdev -> vdev.type() instanceof VdevType.Unknown);
  }

  @ParameterizedTest
  @MethodSource("all")
  void ourCopyOfProxmoxsParserAgreesWithIt(RecordedPool recorded) {
    assertThat(ZpoolStatus.text(recorded.output("status-"))).isEqualTo(recorded.text());
  }
}
