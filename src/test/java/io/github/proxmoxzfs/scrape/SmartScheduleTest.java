package io.github.proxmoxzfs.scrape;

import static io.github.proxmoxzfs.domain.Disks.disk;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.config.Smart;
import io.github.proxmoxzfs.domain.DiskList;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// When a disk is due, by a clock that need not be right.
class SmartScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final SmartSchedule schedule = new SmartSchedule(Smart.DEFAULTS);

  private boolean isDue(Instant now) {
    return schedule.due(Set.of(), now).isPresent();
  }

  private void ask(Reading<SmartReport> outcome, Instant now) {
    schedule.listed(new DiskList(List.of(disk("nvme0n1", "M", "S", "", ""))));
    schedule.asked(schedule.due(Set.of(), now).orElseThrow(), outcome, now);
  }

  @Test
  void aDiskIsAskedOnceInEachInterval() {
    ask(told(NOW), NOW);

    assertThat(isDue(NOW.plus(Duration.ofMinutes(29)))).isFalse();
    assertThat(isDue(NOW.plus(Duration.ofMinutes(91)))).isTrue();
  }

  @Test
  void aClockThatIsSetBackByYearsDoesNotSilenceDisks() {
    Instant wrong = Instant.parse("2036-01-01T00:00:00Z");
    ask(told(wrong), wrong);

    assertThat(isDue(NOW)).isTrue();
  }

  @Test
  void aClockThatIsSetBackByALittleAsksNothingTwice() {
    ask(told(NOW), NOW);
    assertThat(isDue(NOW.minus(Duration.ofSeconds(1)))).isFalse();
  }

  @Test
  void aDiskThatFailedIsAskedAgainInTenMinutes() {
    ask(new Reading.Failed<>(FailureReason.API_ERROR, ""), NOW);

    assertThat(isDue(NOW.plus(Duration.ofMinutes(9)))).isFalse();
    assertThat(isDue(NOW.plus(Duration.ofMinutes(10)))).isTrue();
  }

  private static Reading<SmartReport> told(Instant at) {
    return new Reading.Ok<>(new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER), at);
  }
}
