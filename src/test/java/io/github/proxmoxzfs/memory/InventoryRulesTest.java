package io.github.proxmoxzfs.memory;

import static io.github.proxmoxzfs.memory.Collected.after;
import static io.github.proxmoxzfs.memory.Collected.cluster;
import static io.github.proxmoxzfs.memory.Collected.cutName;
import static io.github.proxmoxzfs.memory.Collected.node;
import static io.github.proxmoxzfs.memory.Collected.notAsked;
import static io.github.proxmoxzfs.memory.Collected.offline;
import static io.github.proxmoxzfs.memory.Collected.pool;
import static io.github.proxmoxzfs.memory.Collected.scrub;
import static io.github.proxmoxzfs.memory.Collected.shows;
import static io.github.proxmoxzfs.memory.Collected.told;
import static io.github.proxmoxzfs.memory.Collected.withoutList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which pools are told as missing, and when they are forgotten. `tank` of `pve1` is listed at
/// first, and missing pools are forgotten after 3 hours.
class InventoryRulesTest {
  private static final Duration FORGET_AFTER = Duration.ofHours(3);
  private static final String SCRUBBED = "2026-11-08T00:28:01Z";

  /// A collection at a moment after the first, and what it tells.
  record Step(String after, Function<Instant, ClusterSnapshot> seen, String told) {}

  private static Step at(String after, Function<Instant, ClusterSnapshot> seen, String told) {
    return new Step(after, seen, told);
  }

  private static ClusterSnapshot listed(Instant at) {
    return cluster(at, node(at, "pve1", tank(at)));
  }

  private static Pool tank(Instant at) {
    return pool("tank", shows(at, scrub("2026-11-08T01:28:01")));
  }

  private static ClusterSnapshot emptyList(Instant at) {
    return cluster(at, node(at, "pve1"));
  }

  private static ClusterSnapshot offlineNode(Instant at) {
    return cluster(at, offline("pve1"));
  }

  private static ClusterSnapshot noList(Instant at) {
    return cluster(at, withoutList("pve1"));
  }

  /// A pool of the name whose own answer tells nothing.
  private static ClusterSnapshot silent(Instant at) {
    return cluster(at, node(at, "pve1", pool("tank", Collected.failed())));
  }

  static Stream<Arguments> sequences() {
    String gone = "pve1/tank NOT_LISTED";
    String noList = "pve1/tank NO_LIST";
    String down = "pve1/tank NODE_OFFLINE";
    return Stream.of(
        arguments(
            "missing until it was so for long enough, then forgotten with its scrub",
            List.of(
                at("PT1H", InventoryRulesTest::emptyList, gone),
                at("PT2H", InventoryRulesTest::emptyList, gone),
                at("PT2H59M", InventoryRulesTest::emptyList, gone),
                at("PT3H", InventoryRulesTest::emptyList, ""),
                at("PT4H", InventoryRulesTest::silent, "pve1/tank unknown"))),
        arguments(
            "back before that, with its scrub, and the time counts anew",
            List.of(
                at("PT1H", InventoryRulesTest::emptyList, gone),
                at("PT2H", InventoryRulesTest::emptyList, gone),
                at("PT2H30M", InventoryRulesTest::silent, "pve1/tank " + SCRUBBED),
                at("PT3H30M", InventoryRulesTest::emptyList, gone),
                at("PT4H30M", InventoryRulesTest::emptyList, gone),
                at("PT5H30M", InventoryRulesTest::emptyList, ""))),
        arguments(
            "time without a look counts for an hour",
            List.of(
                at("PT1M", InventoryRulesTest::emptyList, gone),
                at("P14D", InventoryRulesTest::emptyList, gone),
                at("P28D", InventoryRulesTest::emptyList, gone),
                at("P42D", InventoryRulesTest::emptyList, ""))),
        arguments(
            "an offline node's pool is never forgotten",
            List.of(
                at("PT1H", InventoryRulesTest::offlineNode, down),
                at("P100D", InventoryRulesTest::offlineNode, down),
                at("P101D", InventoryRulesTest::emptyList, gone),
                at("P102D", InventoryRulesTest::silent, "pve1/tank " + SCRUBBED))),
        arguments(
            "nor is one without its list, nor one of a cluster without its list of nodes",
            List.of(
                at("PT1H", InventoryRulesTest::noList, noList),
                at("P100D", InventoryRulesTest::noList, noList),
                at("P200D", Collected::withoutNodes, noList),
                at("P300D", InventoryRulesTest::silent, "pve1/tank " + SCRUBBED))),
        arguments(
            "a look that fails in between does not start the count anew",
            List.of(
                at("PT1H", InventoryRulesTest::emptyList, gone),
                at("PT90M", InventoryRulesTest::noList, noList),
                at("PT2H", InventoryRulesTest::emptyList, gone),
                at("PT150M", Collected::withoutNodes, noList),
                at("PT3H", InventoryRulesTest::emptyList, ""))),
        arguments(
            "a node that left the cluster, whose pools count by the list of nodes",
            List.of(
                at("PT1H", at -> cluster(at, node(at, "pve2")), noList),
                at("PT2H", at -> cluster(at, node(at, "pve2")), noList),
                at("PT3H", at -> cluster(at, node(at, "pve2")), ""))),
        arguments(
            "a node that was not asked for its pools",
            List.of(
                at("PT1H", at -> cluster(at, notAsked("pve1")), ""),
                at("PT2H", InventoryRulesTest::silent, "pve1/tank " + SCRUBBED))),
        arguments(
            "nodes that were not asked for",
            List.of(
                at(
                    "PT1H",
                    at -> new ClusterSnapshot(at, new Reading.Skipped<>(), Duration.ZERO),
                    ""),
                at("PT2H", InventoryRulesTest::silent, "pve1/tank " + SCRUBBED))),
        arguments(
            "the other pools and nodes are not touched",
            List.of(
                at(
                    "PT1H",
                    at ->
                        cluster(
                            at,
                            node(at, "pve1", pool("rpool", Collected.failed())),
                            offline("pve2")),
                    "pve1/rpool unknown, " + gone),
                at(
                    "PT2H",
                    at -> cluster(at, node(at, "pve1", tank(at)), node(at, "pve2", tank(at))),
                    "pve1/tank "
                        + SCRUBBED
                        + ", pve2/tank "
                        + SCRUBBED
                        + ", pve1/rpool NOT_LISTED"))),
        arguments(
            "a name that was cut is not remembered, and has no scrub of its namesake",
            List.of(
                at(
                    "PT1H",
                    at -> cluster(at, node(at, "pve1", cutName("tank"), cutName("old"))),
                    "pve1/tank unknown, pve1/old unknown"),
                at("PT2H", InventoryRulesTest::emptyList, gone))),
        arguments(
            "a clock that leaps forward counts for an hour, one set back not at all",
            List.of(
                at("PT1H", InventoryRulesTest::emptyList, gone),
                at("P3650D", InventoryRulesTest::emptyList, gone),
                at("PT1H1M", InventoryRulesTest::emptyList, gone),
                at("PT2H", InventoryRulesTest::emptyList, gone),
                at("PT2H1M", InventoryRulesTest::emptyList, ""))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sequences")
  void missingPoolsAreToldUntilTheyAreForgotten(String name, List<Step> steps) {
    var memory =
        Recall.of(Recollection.NOTHING, listed(after("PT0S")), after("PT0S"), FORGET_AFTER);
    var told = new ArrayList<String>();
    for (Step step : steps) {
      Instant now = after(step.after());
      memory = Recall.of(memory.memory(), step.seen().apply(now), now, FORGET_AFTER);
      told.add(step.after() + " " + told(memory.snapshot()));
    }
    assertThat(told)
        .containsExactlyElementsOf(
            steps.stream().map(step -> step.after() + " " + step.told()).toList());
  }

  @Test
  void scrapesThatOverlapCountTheTimeOnce() {
    Recollection memory =
        Recall.of(Recollection.NOTHING, listed(after("PT0S")), after("PT0S"), FORGET_AFTER)
            .memory();
    // Two Prometheus servers; of each pair the collection that read later is done first.
    for (int minutes = 10; minutes < 180; minutes += 10) {
      Instant later = after("PT" + minutes + "M");
      memory = Recall.of(memory, emptyList(later), later, FORGET_AFTER).memory();
      var second = Recall.of(memory, emptyList(later.minusSeconds(120)), later, FORGET_AFTER);
      assertThat(told(second.snapshot())).isEqualTo("pve1/tank NOT_LISTED");
      memory = second.memory();
    }
    assertThat(memory.pools().values())
        .extracting(RememberedPool::missing)
        .containsExactly(Duration.ofMinutes(170));
    Instant end = after("PT3H");
    assertThat(Recall.of(memory, emptyList(end), end, FORGET_AFTER).forgotten())
        .containsExactly(new PoolKey("pve1", "tank"));
  }

  @Test
  void aServerThatMakesUpPoolsFillsTheMemoryToItsBoundOnly() {
    Recollection memory = Recollection.NOTHING;
    for (int round = 0; round < 3; round++) {
      int first = round * 2_000;
      Instant at = after("PT" + round + "M");
      Pool[] pools =
          IntStream.range(first, first + 2_000)
              .mapToObj(i -> pool("p" + i, shows(at, scrub("2026-11-08T01:28:01"))))
              .toArray(Pool[]::new);
      Recall.Result result =
          Recall.of(memory, cluster(at, node(at, "pve1", pools)), at, FORGET_AFTER);
      assertThat(told(result.snapshot())).contains("pve1/p" + first + " " + SCRUBBED);
      memory = result.memory();
    }
    assertThat(memory.pools()).hasSize(Recollection.MOST_POOLS);
  }
}
