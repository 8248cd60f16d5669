package io.github.proxmoxzfs.scrape;

import io.github.proxmoxzfs.domain.Deadline;
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
final class NodeClocks {
  private static final Duration KEPT = Duration.ofHours(1);

  /// A date that lies ahead of its reading makes the zone doubtful, but does so on each scrape.
  private static final Duration KEPT_WHEN_DOUBTED = Duration.ofMinutes(10);

  /// Asks a node for its zone.
  @FunctionalInterface
  interface Question {
    Reading<NodeClock> ask(String node, Deadline deadline);
  }

  /// A node's zone and how long it took to ask for it.
  record Answer(Reading<NodeClock> clock, Duration duration) {}

  private record Known(Reading.Ok<NodeClock> clock, Duration duration) {}

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
    Instant oldest = ourClock.instant().minus(age);
    return Optional.ofNullable(known.get(node))
        .filter(entry -> entry.clock().readAt().isAfter(oldest))
        .map(entry -> new Answer(entry.clock(), entry.duration()));
  }

  private Answer ask(String node, Deadline deadline) {
    long began = System.nanoTime();
    Reading<NodeClock> clock = question.ask(node, deadline);
    Duration duration = Duration.ofNanos(System.nanoTime() - began);
    return switch (clock) {
      case Reading.Ok<NodeClock> ok -> {
        known.put(node, new Known(ok, duration));
        yield new Answer(ok, duration);
      }
      case Reading.Failed<NodeClock> failed -> new Answer(orConfigured(failed), duration);
      case Reading.Skipped<NodeClock> skipped -> new Answer(skipped, duration);
    };
  }

  private Reading<NodeClock> orConfigured(Reading.Failed<NodeClock> failed) {
    return configured
        .<Reading<NodeClock>>map(
            zone -> new Reading.Ok<>(new NodeClock(zone, Duration.ZERO), ourClock.instant()))
        .orElse(failed);
  }
}
