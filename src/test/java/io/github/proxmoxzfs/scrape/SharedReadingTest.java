package io.github.proxmoxzfs.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SharedReadingTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration ALLOWED = Duration.ofSeconds(9);

  private final VirtualTime time = new VirtualTime(NOON);
  private final List<Instant> asked = new ArrayList<>();
  private Duration answersAfter = Duration.ZERO;
  private boolean goesOn = true;
  private final SharedReading<Integer> shared =
      new SharedReading<>("question", this::answer, Duration.ofSeconds(5));

  /// Answers with how often it was asked.
  private Reading<Integer> answer(Deadline deadline) {
    asked.add(time.instant());
    int number = asked.size();
    try {
      Deadline ready = Deadline.after(answersAfter, time);
      (goesOn ? ready : ready.orEarlier(deadline)).await(new CompletableFuture<Void>());
    } catch (TimeoutException e) {
      return goesOn || !deadline.isOver()
          ? new Reading.Ok<>(number, time.instant())
          : new Reading.Failed<>(FailureReason.TIMED_OUT, "late");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("nobody completes it");
  }

  private Reading<Integer> ask(Duration allowed) {
    return shared.ask(Deadline.after(allowed, time)).await().reading();
  }

  private Reading<Integer> ask() {
    return ask(ALLOWED);
  }

  private void play(Runnable story) {
    time.play(
        () -> {
          story.run();
          return true;
        });
  }

  private void at(int seconds) {
    time.pass(Duration.between(time.instant(), NOON.plusSeconds(seconds)));
  }

  private static Reading<Integer> answered(int number, int seconds) {
    return new Reading.Ok<>(number, NOON.plusSeconds(seconds));
  }

  private static Reading<Integer> late() {
    return new Reading.Failed<>(FailureReason.TIMED_OUT, "no answer before the deadline");
  }

  @Test
  void whatWasAskedAMomentAgoIsNotAskedAgain() {
    play(
        () -> {
          assertThat(ask()).isEqualTo(answered(1, 0));
          at(4);
          assertThat(ask()).isEqualTo(answered(1, 0));
          at(5);
          assertThat(ask()).isEqualTo(answered(2, 5));
        });
  }

  @Test
  void whatIsBeingAskedIsNotAskedAgain() {
    answersAfter = Duration.ofSeconds(8);
    play(
        () -> {
          var first = shared.ask(Deadline.after(ALLOWED, time));
          at(7);
          var second = shared.ask(Deadline.after(ALLOWED, time));
          assertThat(first.await().reading()).isEqualTo(answered(1, 8));
          assertThat(second.await().reading()).isEqualTo(answered(1, 8));
          assertThat(second.await().took()).isEqualTo(Duration.ofSeconds(8));
        });
    assertThat(asked).hasSize(1);
  }

  @Test
  void aLateAnswerServesTheNextScrapeOnceWithItsTime() {
    answersAfter = Duration.ofSeconds(12);
    play(
        () -> {
          assertThat(ask()).isEqualTo(late());
          at(15);
          assertThat(ask()).describedAs("asked anew, late again").isEqualTo(answered(1, 12));
          assertThat(asked).containsExactly(NOON, NOON.plusSeconds(15));
          at(25);
          assertThat(ask(Duration.ofMillis(500)))
              .describedAs("beside that one")
              .isEqualTo(answered(1, 12));
          answersAfter = Duration.ofHours(1);
          at(45);
          assertThat(ask()).describedAs("the second late one").isEqualTo(answered(2, 27));
          at(75);
          assertThat(ask()).describedAs("nothing new").isEqualTo(late());
        });
  }

  @Test
  void anAnswerInTimeTakesThePlaceOfALateOne() {
    answersAfter = Duration.ofSeconds(12);
    play(
        () -> {
          assertThat(ask()).isEqualTo(late());
          at(15);
          answersAfter = Duration.ofSeconds(1);
          assertThat(ask()).isEqualTo(answered(2, 16));
          answersAfter = Duration.ofHours(1);
          at(30);
          assertThat(ask()).isEqualTo(late());
        });
  }

  @Test
  void aLateAnswerIsNotToldForEverWhenNobodyAsks() {
    answersAfter = Duration.ofSeconds(12);
    play(
        () -> {
          assertThat(ask()).isEqualTo(late());
          at(12 + 300 - 5);
          answersAfter = Duration.ofHours(1);
          assertThat(ask()).isEqualTo(late());
        });
  }

  @Test
  void whoHasMoreTimeThanTheOneWhoAskedAsksOnAfterThat() {
    goesOn = false;
    answersAfter = Duration.ofSeconds(8);
    play(
        () -> {
          var hasty = shared.ask(Deadline.after(Duration.ofSeconds(2), time));
          at(1);
          var patient = shared.ask(Deadline.after(Duration.ofSeconds(20), time));
          assertThat(hasty.await().reading())
              .isEqualTo(new Reading.Failed<>(FailureReason.TIMED_OUT, "late"));
          assertThat(patient.await().reading()).isEqualTo(answered(2, 10));
        });
  }

  @Test
  void whatFailedForWantOfTimeIsNotShared() {
    goesOn = false;
    answersAfter = Duration.ofSeconds(1);
    play(
        () -> {
          assertThat(ask(Duration.ofMillis(500)).failure()).contains(FailureReason.TIMED_OUT);
          assertThat(ask()).isEqualTo(new Reading.Ok<>(2, NOON.plusMillis(1500)));
        });
  }

  @Test
  void aFaultOfOursIsAFailureOfThisAlone() {
    SharedReading<Integer> broken =
        new SharedReading<>(
            "broken",
            _ -> {
              throw new IllegalStateException("defect");
            },
            Duration.ZERO);
    play(
        () ->
            assertThat(broken.ask(Deadline.after(ALLOWED, time)).await().reading().failure())
                .contains(FailureReason.INTERNAL));
  }
}
