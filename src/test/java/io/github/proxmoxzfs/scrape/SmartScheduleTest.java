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
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// When a disk is due, by a clock that need not be right.
class SmartScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final SmartSchedule schedule = new SmartSchedule(Smart.DEFAULTS);

  private boolean isDue(Instant now) {
    return schedule.due(List.of(), now).isPresent();
  }

  private void ask(Reading<SmartReport> outcome, Instant now) {
    schedule.listed(new DiskList(List.of(disk("nvme0n1", "M", "S", "", ""))));
    schedule.asked(schedule.due(List.of(), now).orElseThrow(), outcome, now);
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

  private static final Reading.Failed<SmartReport> UNREACHED =
      new Reading.Failed<>(FailureReason.NODE_UNREACHABLE, "");

  private void listTwo() {
    schedule.listed(
        new DiskList(
            List.of(disk("nvme0n1", "M", "A", "", ""), disk("nvme1n1", "M", "B", "", ""))));
  }

  private Map<String, String> failures(Instant now) {
    var failures = new TreeMap<String, String>();
    schedule
        .told(List.of(), now)
        .forEach((disk, reading) -> failures.put(disk.serial(), reading.failure().orElse("")));
    return failures;
  }

  private String ask(Instant now) {
    return schedule.due(List.of(), now).orElseThrow().identity().serial();
  }

  @Test
  void aNodeThatIsOutOfReachIsTriedEachMinuteByOneDiskAfterTheOther() {
    listTwo();
    for (int minute = 0; minute < 4; minute++) {
      Instant now = NOW.plus(Duration.ofMinutes(minute));
      assertThat(ask(now)).isEqualTo(minute % 2 == 0 ? "A" : "B");
      schedule.unreached(schedule.due(List.of(), now).orElseThrow(), UNREACHED, now);
      assertThat(isDue(now.plus(Duration.ofSeconds(45)))).isFalse();
    }
  }

  @Test
  void whileANodeIsOutOfReachAllItsDisksAreWhoseTurnHasCome() {
    listTwo();
    schedule.unreached(schedule.due(List.of(), NOW).orElseThrow(), UNREACHED, NOW);

    assertThat(failures(NOW)).isEqualTo(Map.of("A", "node_unreachable", "B", "node_unreachable"));
    Instant later = NOW.plus(Duration.ofMinutes(1));
    schedule.asked(schedule.due(List.of(), later).orElseThrow(), told(later), later);
    assertThat(failures(later)).isEmpty();
    assertThat(ask(later)).isEqualTo("A");
  }

  @Test
  void whatADiskFailedOfItselfIsNotHiddenWhileItsNodeIsOutOfReach() {
    listTwo();
    schedule.asked(
        schedule.due(List.of(), NOW).orElseThrow(),
        new Reading.Failed<>(FailureReason.API_ERROR, ""),
        NOW);
    Instant later = NOW.plus(Duration.ofMinutes(11));
    schedule.unreached(schedule.due(List.of(), later).orElseThrow(), UNREACHED, later);

    assertThat(failures(later)).isEqualTo(Map.of("A", "api_error", "B", "node_unreachable"));
  }

  @Test
  void aClockThatIsSetBackDoesNotProlongThatANodeIsLeftAlone() {
    listTwo();
    Instant wrong = Instant.parse("2036-01-01T00:00:00Z");
    schedule.unreached(schedule.due(List.of(), wrong).orElseThrow(), UNREACHED, wrong);

    assertThat(isDue(NOW)).isTrue();
  }

  private static Reading<SmartReport> told(Instant at) {
    return new Reading.Ok<>(new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER), at);
  }
}
