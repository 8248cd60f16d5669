package io.github.proxmoxzfs.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.ZfsGuard.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnansweredGuardTest {
  private static final String PVE1 = "pve1:8006";
  private static final String TANK = "/nodes/pve2/disks/zfs/tank";
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /// Long before.
  private static final Optional<Instant> UP = Optional.of(NOON.minus(Duration.ofDays(30)));

  private final List<String> complaints = new ArrayList<>();
  private Instant now = NOON;
  private UnansweredFile file = new UnansweredFile(Optional.empty(), complaints::add);

  @BeforeEach
  void place(@TempDir Path folder) {
    file = new UnansweredFile(Optional.of(folder.resolve("state/unanswered")), complaints::add);
  }

  private UnansweredGuard run(boolean askAnyway, String... endpoints) {
    return new UnansweredGuard(file, Set.of(endpoints), askAnyway, () -> now, _ -> {});
  }

  private UnansweredGuard run() {
    return run(false, PVE1);
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  /// A run whose question goes unanswered to the end.
  private void hangs(boolean askAnyway) {
    UnansweredGuard run = run(askAnyway, PVE1);
    assertThat(run.refusal("pve2", UP)).isEmpty();
    run.asked("pve2", "/nodes/pve2/disks/zfs", UP).answered();
    run.asked("pve2", TANK, UP);
    run.looked();
    run.end(Duration.ZERO);
  }

  private boolean isAsked(String node, Optional<Instant> runningSince) {
    return run().refusal(node, runningSince).isEmpty();
  }

  private boolean isAsked() {
    return isAsked("pve2", UP);
  }

  @Test
  void aNodeThatLeftAQuestionUnansweredIsLeftAloneForTenMinutes() {
    assertThat(isAsked()).isTrue();
    hangs(false);
    assertThat(isAsked()).isFalse();
    assertThat(isAsked("pve1", UP)).isTrue();
    pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(isAsked()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(isAsked()).isTrue();
    assertThat(complaints).isEmpty();
  }

  @Test
  void noThirdIsEverRisked() {
    hangs(false);
    pass(Duration.ofMinutes(10));
    hangs(false);
    pass(Duration.ofDays(300));
    assertThat(isAsked()).isFalse();
    assertThat(file.read()).extracting(UnansweredNote::count).containsExactly(2);
  }

  @Test
  void aTryOfOneRunCountsWithThoseBefore() {
    hangs(false);
    pass(Duration.ofMinutes(10));
    UnansweredGuard watch = run();
    watch.asked("pve2", TANK, UP).lost();
    pass(Duration.ofHours(1));
    assertThat(watch.refusal("pve2", UP)).isPresent();
  }

  @Test
  void itSaysWhyAndWhatToDo() {
    hangs(false);
    UnansweredGuard run = run();
    assertThat(run.refusal("pve2", UP))
        .contains(
            new Failed<>(
                FailureReason.STUCK,
                "The node pve2 is not asked for zfs: at 2026-11-22T12:00:00Z a command like this one got no answer from it, and its request may still hold one of the node's three API workers. From 2026-11-22T12:10:00Z on it is asked again; --ask-anyway asks now."));
    assertThat(run.refusals())
        .singleElement()
        .asString()
        .startsWith("The node pve2 is not asked for zfs");
  }

  @Test
  void whoeverWantsToAsksAnyway() {
    hangs(false);
    hangs(true);
    assertThat(file.read()).extracting(UnansweredNote::count).containsExactly(2);
    UnansweredGuard run = run(true, PVE1);
    assertThat(run.refusal("pve2", UP)).isEmpty();
    run.asked("pve2", TANK, UP).answered();
    run.looked();
    run.end(Duration.ZERO);
    assertThat(file.read()).isEmpty();
    assertThat(isAsked()).isTrue();
  }

  @Test
  void anAnswerAloneForgivesNothingWhileAnotherIsOpenOrWasNotServed() {
    hangs(false);
    pass(Duration.ofMinutes(10));
    UnansweredGuard run = run();
    run.asked("pve2", "/nodes/pve2/disks/zfs", UP).answered();
    run.asked("pve2", TANK, UP).notServed();
    run.looked();
    run.end(Duration.ZERO);
    assertThat(file.read()).extracting(UnansweredNote::count).containsExactly(1);
  }

  @Test
  void whatIsSlowIsNotedAtOnceAndForgottenWhenItIsAnswered() {
    UnansweredGuard run = run();
    Question question = run.asked("pve2", TANK, UP);
    pass(Duration.ofSeconds(1));
    run.noteSlow();
    assertThat(isAsked()).isTrue();
    pass(Duration.ofSeconds(1));
    run.noteSlow();
    assertThat(isAsked()).as("asked by a run beside it").isFalse();
    question.answered();
    assertThat(isAsked()).isTrue();
    assertThat(file.read()).isEmpty();
  }

  @Test
  void whatComesAfterTheEndChangesNothing() {
    UnansweredGuard run = run();
    Question question = run.asked("pve2", TANK, UP);
    run.end(Duration.ZERO);
    question.notServed(); // the connection was closed
    assertThat(isAsked()).isFalse();
  }

  @Test
  void aWatchThatIsEndedNotesOnlyWhatIsSlow() {
    UnansweredGuard watch = run();
    watch.asked("pve2", TANK, UP);
    watch.end(UnansweredGuard.SLOW);
    assertThat(isAsked()).isTrue();
  }

  @Test
  void aRestartForgives() {
    hangs(false);
    pass(Duration.ofMinutes(10));
    hangs(false);
    pass(Duration.ofHours(1));
    assertThat(isAsked("pve2", Optional.of(now.minus(Duration.ofMinutes(5))))).isTrue();
    assertThat(file.read()).isEmpty();
  }

  @Test
  void anUptimeThatStandsStillIsNoRestart() {
    Duration uptime = Duration.ofHours(1);
    for (int runs = 0; runs < 2; runs++) {
      UnansweredGuard run = run(true, PVE1);
      run.asked("pve2", TANK, Optional.of(now.minus(uptime)));
      run.end(Duration.ZERO);
    }
    pass(Duration.ofDays(365));
    assertThat(isAsked("pve2", Optional.of(now.minus(uptime)))).isFalse();
    assertThat(isAsked("pve2", Optional.of(now.minus(uptime.minusSeconds(20)))))
        .as("another endpoint is behind")
        .isFalse();
  }

  @Test
  void aClusterIsKnownByAnyOfItsEndpoints() {
    hangs(false);
    assertThat(run(false, "pve3:8006", PVE1).refusal("pve2", UP)).isPresent();
    assertThat(run(false, "other:8006").refusal("pve2", UP)).isEmpty();
  }
}
