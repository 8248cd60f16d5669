package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NodeClocksTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final Deadline SOON = Deadline.after(Duration.ofSeconds(10));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
  private final AtomicReference<Reading<NodeClock>> said = new AtomicReference<>(told(BERLIN));
  private final AtomicInteger questions = new AtomicInteger();

  private NodeClocks clocks(Optional<ZoneId> configured) {
    return new NodeClocks(
        (_, _) -> {
          questions.incrementAndGet();
          return new SharedReading.Outcome<>(said.get(), Duration.ZERO);
        },
        configured,
        now::get);
  }

  private static Reading<NodeClock> told(ZoneId zone) {
    return new Reading.Ok<>(new NodeClock(zone, Duration.ZERO), Instant.EPOCH);
  }

  private static Reading<NodeClock> failed(FailureReason reason) {
    return new Reading.Failed<>(reason, "why");
  }

  private static Optional<ZoneId> zone(NodeClocks.Answer answer) {
    return answer.clock().asOptional().map(NodeClock::zone);
  }

  private void pass(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  @Test
  void aZoneThatWasToldServesOnWhileTheNodeCannotBeAskedAndTheFailureIsTold() {
    var clocks = clocks(Optional.of(NEW_YORK));
    assertThat(zone(clocks.of("pve1", SOON))).contains(BERLIN);
    pass(Duration.ofMinutes(61));
    said.set(failed(FailureReason.TIMED_OUT));
    NodeClocks.Answer answer = clocks.of("pve1", SOON);
    assertThat(zone(answer)).contains(BERLIN);
    assertThat(answer.asked().failure()).contains(FailureReason.TIMED_OUT);
    // It is asked again each time until it answers.
    assertThat(zone(clocks.of("pve1", SOON))).contains(BERLIN);
    assertThat(questions).hasValue(3);
  }

  @Test
  void theConfiguredZoneServesWhereNoneWasEverTold() {
    said.set(failed(FailureReason.TIMED_OUT));
    NodeClocks.Answer answer = clocks(Optional.of(NEW_YORK)).of("pve1", SOON);
    assertThat(zone(answer)).contains(NEW_YORK);
    assertThat(answer.asked().failure()).contains(FailureReason.TIMED_OUT);
    assertThat(zone(clocks(Optional.empty()).of("pve1", SOON))).isEmpty();
  }

  @Test
  void aConfiguredZoneEndsTheFailureOfANodeThatNamesNone() {
    said.set(failed(FailureReason.ZONE_UNKNOWN));
    NodeClocks.Answer answer = clocks(Optional.of(NEW_YORK)).of("pve1", SOON);
    assertThat(zone(answer)).contains(NEW_YORK);
    assertThat(answer.asked().failure()).isEmpty();
  }

  @Test
  void aNodeThatNamesNoZoneIsAskedAgainAfterTenMinutesOnly() {
    said.set(failed(FailureReason.ZONE_UNKNOWN));
    var clocks = clocks(Optional.empty());
    assertThat(clocks.of("pve1", SOON).asked().failure()).contains(FailureReason.ZONE_UNKNOWN);
    pass(Duration.ofMinutes(9));
    assertThat(clocks.of("pve1", SOON).asked().failure()).contains(FailureReason.ZONE_UNKNOWN);
    assertThat(questions).hasValue(1);
    pass(Duration.ofMinutes(2));
    said.set(told(BERLIN));
    assertThat(zone(clocks.of("pve1", SOON))).contains(BERLIN);
  }

  @Test
  void aZoneThatBecomesUnknownIsNoLongerUsed() {
    var clocks = clocks(Optional.empty());
    assertThat(zone(clocks.of("pve1", SOON))).contains(BERLIN);
    pass(Duration.ofMinutes(61));
    said.set(failed(FailureReason.ZONE_UNKNOWN));
    assertThat(zone(clocks.of("pve1", SOON))).isEmpty();
  }
}
