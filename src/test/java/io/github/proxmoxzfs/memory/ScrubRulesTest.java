package io.github.proxmoxzfs.memory;

import static io.github.proxmoxzfs.memory.Collected.after;
import static io.github.proxmoxzfs.memory.Collected.cluster;
import static io.github.proxmoxzfs.memory.Collected.finished;
import static io.github.proxmoxzfs.memory.Collected.node;
import static io.github.proxmoxzfs.memory.Collected.pool;
import static io.github.proxmoxzfs.memory.Collected.scrub;
import static io.github.proxmoxzfs.memory.Collected.shows;
import static io.github.proxmoxzfs.memory.Collected.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of the last scrub, by what a pool showed before and shows now.
class ScrubRulesTest {
  private static final Instant FIRST = Collected.START;
  private static final Instant SECOND = after("PT1M");
  private static final LocalDateTime DATE = LocalDateTime.parse("2026-11-22T11:00:00");
  private static final Reading<NodeClock> BERLIN = Collected.clock("Europe/Berlin");
  private static final Reading<NodeClock> NO_ZONE = Collected.failed();

  private static final DataErrors NONE = new DataErrors.Count(0);
  private static final DataErrors UNAVAILABLE = new DataErrors.Unavailable();
  private static final Scan NO_SCAN = new Scan.None();

  /// What `tank` shows in the first collection.
  private static final Scan SCRUBBED = scrub("2026-11-08T01:28:01");

  private static final String REMEMBERED = "2026-11-08T00:28:01Z";

  private static Scan.Subject of(Scan.Function function) {
    return Scan.Subject.of(function);
  }

  static Stream<Arguments> secondAnswers() {
    var thorough = new Scan.Subject(Scan.Function.SCRUB, true, Optional.empty());
    var progress = Collected.progress();
    return Stream.of(
        // What the answer shows; what is told after a scrub was remembered; and without.
        shown("a later scrub", scrub("2026-11-15T01:00:00"), "2026-11-15T00:00:00Z"),
        shown(
            "one with errors",
            finished(of(Scan.Function.SCRUB), "2026-11-15T01:00:00", 3),
            "2026-11-15T00:00:00Z errors 3"),
        shown(
            "a thorough one", finished(thorough, "2026-11-15T01:00:00", 0), "2026-11-15T00:00:00Z"),
        shown(
            "an earlier one: a pool rolled back",
            scrub("2026-11-01T01:00:00"),
            "2026-11-01T00:00:00Z"),
        hidden("a resilver", finished(of(Scan.Function.RESILVER), "2026-11-15T01:00:00", 0)),
        hidden("a rebuild", finished(of(Scan.Function.REBUILD), "2026-11-15T01:00:00", 0)),
        hidden("an error scrub", finished(of(Scan.Function.ERROR_SCRUB), "2026-11-15T01:00:00", 0)),
        hidden("a running scrub", new Scan.InProgress(of(Scan.Function.SCRUB), DATE, progress)),
        hidden(
            "a running resilver", new Scan.InProgress(of(Scan.Function.RESILVER), DATE, progress)),
        hidden("a paused scrub", new Scan.Paused(of(Scan.Function.SCRUB), DATE, DATE, progress)),
        hidden("a cancelled scrub", new Scan.Canceled(of(Scan.Function.SCRUB), DATE)),
        hidden("an unknown text", new Scan.Unknown("scrub repaired everything")),
        arguments(
            "an error scrub in place of the scan",
            Collected.showsErrorScrub(SECOND),
            BERLIN,
            REMEMBERED,
            "unknown"),
        arguments("no answer", Collected.failed(), BERLIN, REMEMBERED, "unknown"),
        arguments(
            "a scrub without a zone",
            shows(SECOND, scrub("2026-11-15T01:00:00")),
            NO_ZONE,
            REMEMBERED,
            "unknown"));
  }

  static Stream<Arguments> answersWithoutAScan() {
    return Stream.of(
        without("online", PoolHealth.ONLINE, NONE, Optional.empty(), "never", "never"),
        without("online, 0.8", PoolHealth.ONLINE, NONE, Optional.of(NO_SCAN), "never", "never"),
        without("degraded", PoolHealth.DEGRADED, NONE, Optional.empty(), "never", "never"),
        without(
            "errors of an unknown form",
            PoolHealth.ONLINE,
            new DataErrors.Unknown("many"),
            Optional.empty(),
            "never",
            "never"),
        without(
            "no errors", PoolHealth.ONLINE, UNAVAILABLE, Optional.empty(), REMEMBERED, "unknown"),
        without("faulted", PoolHealth.FAULTED, NONE, Optional.empty(), REMEMBERED, "unknown"),
        without("unavail", PoolHealth.UNAVAIL, NONE, Optional.empty(), REMEMBERED, "unknown"),
        without(
            "unavail, 0.8",
            PoolHealth.UNAVAIL,
            UNAVAILABLE,
            Optional.of(NO_SCAN),
            REMEMBERED,
            "unknown"),
        without(
            "a health we do not know",
            PoolHealth.UNKNOWN,
            NONE,
            Optional.empty(),
            REMEMBERED,
            "unknown"));
  }

  private static Arguments shown(String name, Scan scan, String told) {
    return arguments(name, shows(SECOND, scan), BERLIN, told, told);
  }

  private static Arguments hidden(String name, Scan scan) {
    return arguments(name, shows(SECOND, scan), BERLIN, REMEMBERED, "unknown");
  }

  private static Arguments without(
      String name,
      PoolHealth health,
      DataErrors errors,
      Optional<Scan> scan,
      String remembered,
      String fresh) {
    return arguments(name, shows(SECOND, health, errors, scan), BERLIN, remembered, fresh);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"secondAnswers", "answersWithoutAScan"})
  void theLastScrubIsToldAsFarAsItIsKnown(
      String name,
      Reading<PoolStatus> answer,
      Reading<NodeClock> clock,
      String afterAScrub,
      String withoutMemory) {
    var seen = cluster(SECOND, node(SECOND, "pve1", clock, pool("tank", answer)));
    Recollection scrubbed = memoryOf(FIRST, SCRUBBED);
    assertThat(told(recall(scrubbed, seen, SECOND).snapshot()))
        .isEqualTo("pve1/tank " + afterAScrub);
    assertThat(told(recall(Recollection.NOTHING, seen, SECOND).snapshot()))
        .isEqualTo("pve1/tank " + withoutMemory);
  }

  @Test
  void allNumbersOfAScrubAreRemembered() {
    assertThat(memoryOf(FIRST, SCRUBBED).pools().get(new PoolKey("pve1", "tank")))
        .isEqualTo(
            new RememberedPool(
                FIRST,
                Duration.ZERO,
                Optional.of(
                    new ScrubHistory.Completed(
                        Instant.parse(REMEMBERED),
                        OptionalLong.of(0),
                        OptionalLong.of(4096),
                        Optional.of(Duration.ofMinutes(28)))),
                FIRST));
  }

  @Test
  void aScrubIsForgottenWithThePoolThatHadIt() {
    Recollection scrubbed = memoryOf(FIRST, SCRUBBED);
    var newPool = shows(SECOND, PoolHealth.ONLINE, NONE, Optional.empty());
    Recollection forgotten =
        recall(scrubbed, cluster(SECOND, node(SECOND, "pve1", pool("tank", newPool))), SECOND)
            .memory();
    Instant third = after("PT2M");
    var resilvered = shows(third, finished(of(Scan.Function.RESILVER), "2026-11-22T13:00:00", 0));
    assertThat(
            told(
                recall(
                        forgotten,
                        cluster(third, node(third, "pve1", pool("tank", resilvered))),
                        third)
                    .snapshot()))
        .isEqualTo("pve1/tank unknown");
  }

  @Test
  void aCorrectedZoneMovesTheEnd() {
    Recollection wrong =
        recall(
                Recollection.NOTHING,
                cluster(
                    FIRST,
                    node(
                        FIRST,
                        "pve1",
                        Collected.clock("UTC"),
                        pool("tank", shows(FIRST, SCRUBBED)))),
                FIRST)
            .memory();
    var seen = cluster(SECOND, node(SECOND, "pve1", BERLIN, pool("tank", shows(SECOND, SCRUBBED))));
    Recall.Result right = recall(wrong, seen, SECOND);
    assertThat(told(right.snapshot())).isEqualTo("pve1/tank " + REMEMBERED);
    assertThat(right.memory()).isEqualTo(memoryOf(SECOND, SCRUBBED));
  }

  @Test
  void anAnswerThatIsOlderThanTheOneRememberedChangesNothing() {
    Scan later = scrub("2026-11-22T12:59:00");
    Recollection newer = memoryOf(SECOND, later);
    // Two scrapes overlap: the one that read first is done last.
    var older = cluster(SECOND, node(FIRST, "pve1", pool("tank", shows(FIRST, SCRUBBED))));
    Recall.Result result = recall(newer, older, SECOND);
    assertThat(told(result.snapshot())).isEqualTo("pve1/tank 2026-11-22T11:59:00Z");
    assertThat(result.memory()).isEqualTo(newer);
  }

  @Test
  void anOlderAnswerDoesNotBringBackTheScrubOfAFormerPool() {
    Recollection recreated =
        recall(
                memoryOf(FIRST, SCRUBBED),
                cluster(
                    SECOND,
                    node(
                        SECOND,
                        "pve1",
                        pool("tank", shows(SECOND, PoolHealth.ONLINE, NONE, Optional.empty())))),
                SECOND)
            .memory();
    var older = cluster(SECOND, node(FIRST, "pve1", pool("tank", shows(FIRST, SCRUBBED))));
    assertThat(recall(recreated, older, SECOND).memory()).isEqualTo(recreated);
  }

  @Test
  void aClockThatWasSetBackHoldsUpNothing() {
    Instant wrong = after("P365D");
    Recollection ahead = memoryOf(wrong, SCRUBBED);
    Scan later = scrub("2026-11-22T11:00:00");
    var seen = cluster(SECOND, node(SECOND, "pve1", pool("tank", shows(SECOND, later))));
    assertThat(recall(ahead, seen, SECOND).memory()).isEqualTo(memoryOf(SECOND, later));
  }

  @Test
  void poolsOfOneNameOnTwoNodesAreTwo() {
    var scrubbed = pool("rpool", shows(FIRST, SCRUBBED));
    var other = pool("rpool", shows(FIRST, scrub("2026-11-09T01:00:00")));
    Recollection both =
        recall(
                Recollection.NOTHING,
                cluster(FIRST, node(FIRST, "pve1", scrubbed), node(FIRST, "pve2", other)),
                FIRST)
            .memory();
    var silent = pool("rpool", Collected.<PoolStatus>failed());
    assertThat(
            told(
                recall(
                        both,
                        cluster(SECOND, node(SECOND, "pve1", silent), node(SECOND, "pve2", silent)),
                        SECOND)
                    .snapshot()))
        .isEqualTo("pve1/rpool 2026-11-08T00:28:01Z, pve2/rpool 2026-11-09T00:00:00Z");
  }

  private static Recollection memoryOf(Instant at, Scan scan) {
    return recall(
            Recollection.NOTHING, cluster(at, node(at, "pve1", pool("tank", shows(at, scan)))), at)
        .memory();
  }

  private static Recall.Result recall(Recollection before, ClusterSnapshot snapshot, Instant now) {
    return Recall.of(before, snapshot, now, Duration.ofDays(7));
  }
}
