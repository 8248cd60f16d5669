package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcceleratedClockTest {
  private static final Instant ORIGIN = Instant.ofEpochSecond(1000);

  @AfterEach
  void clear() {
    System.clearProperty(AcceleratedClock.PROPERTY);
  }

  @Test
  void goesOnAMinuteInASecond() {
    var clock = new AcceleratedClock(ORIGIN, 60, InstantSource.fixed(ORIGIN.plusMillis(1500)));
    assertThat(clock.instant()).isEqualTo(ORIGIN.plusSeconds(90));
  }

  @Test
  void isOursUnlessAskedFor() {
    assertThat(AcceleratedClock.ofProperty()).isEqualTo(InstantSource.system());
  }

  @Test
  void isAskedForByAProperty() {
    System.setProperty(AcceleratedClock.PROPERTY, "60@1000");
    assertThat(AcceleratedClock.ofProperty())
        .isEqualTo(new AcceleratedClock(ORIGIN, 60, InstantSource.system()));
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    System.setProperty(AcceleratedClock.PROPERTY, "fast");
    assertThatThrownBy(AcceleratedClock::ofProperty)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("must be FACTOR@SECONDS, not fast");
  }
}
