package io.github.proxmoxzfs.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Failed<?> WHY = new Failed<>(FailureReason.UNAUTHORIZED, "why");

  private final BackOff backOff = new BackOff();

  @Test
  void nothingIsHeldAtFirst() {
    assertThat(backOff.held(NOW)).isEmpty();
    assertThat(backOff.succeeded()).isFalse();
  }

  @Test
  void aRefusalHoldsForHalfAMinute() {
    assertThat(backOff.refused(WHY, NOW)).isTrue();
    assertThat(backOff.held(NOW)).contains(WHY);
    assertThat(backOff.held(NOW.plusSeconds(29))).contains(WHY);
    assertThat(backOff.held(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void refusalsThatWereUnderWayTogetherCountOnce() {
    assertThat(backOff.refused(WHY, NOW)).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(backOff.refused(WHY, NOW.plusSeconds(1))).isFalse();
    }
    assertThat(backOff.held(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void aSuccessBeginsAnew() {
    backOff.refused(WHY, NOW);
    backOff.refused(WHY, NOW.plusSeconds(30));
    assertThat(backOff.held(NOW.plusSeconds(89))).contains(WHY);
    assertThat(backOff.succeeded()).isTrue();
    assertThat(backOff.held(NOW.plusSeconds(89))).isEmpty();
    backOff.refused(WHY, NOW);
    assertThat(backOff.held(NOW.plusSeconds(30))).isEmpty();
  }

  @Test
  void aFailureThatIsNoRefusalHoldsBrieflyAndDoesNotGrow() {
    for (int i = 0; i < 10; i++) {
      backOff.failed(WHY, NOW);
      assertThat(backOff.held(NOW.plusSeconds(4))).contains(WHY);
      assertThat(backOff.held(NOW.plusSeconds(5))).isEmpty();
    }
  }

  @Test
  void aClockThatIsSetBackEndsThePause() {
    backOff.refused(WHY, NOW);
    assertThat(backOff.held(NOW.minus(Duration.ofDays(1)))).isEmpty();
  }
}
