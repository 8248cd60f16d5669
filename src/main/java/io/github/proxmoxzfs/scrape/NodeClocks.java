package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The nodes' zones, each asked once an hour.
///
/// A zone seldom changes, so that one that was told once serves on while it cannot be asked for. A
/// node that names no zone that could be right has said so, and is asked again after a while.
final class NodeClocks {
  private static final Duration KEPT = Duration.ofHours(1);

  /// A date that lies ahead of its reading makes the zone doubtful, but does so on each scrape.
  private static final Duration KEPT_WHEN_DOUBTED = Duration.ofMinutes(10);

  /// Asks a node for its zone.
  @FunctionalInterface
  interface Question {
    SharedReading.Outcome<NodeClock> ask(String node, Deadline deadline);
  }

  /// A node's zone.
  ///
  /// @param clock the zone to use
  /// @param asked what the node said when it was last asked
  /// @param duration how long that took
  record Answer(Reading<NodeClock> clock, Reading<NodeClock> asked, Duration duration) {
    /// What stands for an answer that did not come.
    static Answer none(Reading<NodeClock> why) {
      return new Answer(why, why, Duration.ZERO);
    }
  }

  private record Known(Answer answer, Instant since) {}

  private final Question question;
  private final Optional<ZoneId> configured;
  private final InstantSource ourClock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// @param configured the zone to assume where a node's own cannot be had
  NodeClocks(Question question, Optional<ZoneId> configured, InstantSource ourClock) {
    this.question = question;
    this.configured = configured;
    this.ourClock = ourClock;
  }

  /// A node's zone, asked for if it was not within the last hour.
  Answer of(String node, Deadline deadline) {
    return younger(node, KEPT).orElseGet(() -> ask(node, deadline));
  }

  /// A node's zone after a date in its answers seemed odd, as if the zone had changed.
  Answer ofDoubted(String node, Deadline deadline) {
    return younger(node, KEPT_WHEN_DOUBTED).orElseGet(() -> ask(node, deadline));
  }

  private Optional<Answer> younger(String node, Duration age) {
    return Optional.ofNullable(known.get(node))
        .filter(
            entry -> {
              boolean told = entry.answer().asked() instanceof Reading.Ok;
              Duration kept = told ? age : KEPT_WHEN_DOUBTED;
              return entry.since().isAfter(ourClock.instant().minus(kept));
            })
        .map(Known::answer);
  }

  private Answer ask(String node, Deadline deadline) {
    SharedReading.Outcome<NodeClock> outcome = question.ask(node, deadline);
    Reading<NodeClock> asked = outcome.reading();
    Duration duration = outcome.took();
    return switch (asked) {
      case Reading.Ok<NodeClock> ok -> kept(node, new Answer(ok, ok, duration));
      case Reading.Failed<NodeClock>(FailureReason reason, _)
          when reason == FailureReason.ZONE_UNKNOWN ->
          kept(node, unknown(asked, duration));
      case Reading.Failed<NodeClock> failed ->
          new Answer(lastTold(node).orElse(orConfigured(failed)), failed, duration);
      case Reading.Skipped<NodeClock> skipped -> new Answer(skipped, skipped, duration);
    };
  }

  /// A configured zone mends this failure for good; nobody need hear of it.
  private Answer unknown(Reading<NodeClock> asked, Duration duration) {
    Reading<NodeClock> clock = orConfigured(asked);
    return new Answer(clock, clock, duration);
  }

  private Answer kept(String node, Answer answer) {
    known.put(node, new Known(answer, ourClock.instant()));
    return answer;
  }

  private Optional<Reading<NodeClock>> lastTold(String node) {
    return Optional.ofNullable(known.get(node))
        .map(entry -> entry.answer().clock())
        .filter(clock -> clock instanceof Reading.Ok);
  }

  private Reading<NodeClock> orConfigured(Reading<NodeClock> failed) {
    return configured
        .<Reading<NodeClock>>map(
            zone -> new Reading.Ok<>(new NodeClock(zone, Duration.ZERO), ourClock.instant()))
        .orElse(failed);
  }
}
