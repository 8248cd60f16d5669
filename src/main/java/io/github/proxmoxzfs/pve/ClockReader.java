package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.Reading.Failed;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import io.github.proxmoxzfs.pve.Question.Outcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/// Reads the answer of `/nodes/{node}/time`.
final class ClockReader {
  private ClockReader() {}

  /// The node's clock, or no value if its zone cannot be relied on.
  ///
  /// Proxmox takes the zone's name from `/etc/timezone` and the local time from the C library,
  /// which may run in another zone (a daemon that was started before the zone was changed). Where
  /// they contradict each other nobody knows in which `zpool` prints.
  static Outcome<NodeClock> read(JsonValue data, Answer source) throws MalformedException {
    if (!(data instanceof JsonObject answer)) {
      throw new MalformedException("its data is " + data.kind() + ", not a node's time");
    }
    Instant time = instant(answer, "time");
    Duration localOffset = Duration.between(time, instant(answer, "localtime"));
    String name = answer.get("timezone").asText().orElse("").strip();
    ZoneId zone;
    try {
      zone = ZoneId.of(name);
    } catch (DateTimeException e) {
      return unknown("The node names no zone that is known here: \"" + source.shown(name) + "\".");
    }
    ZoneOffset offset = zone.getRules().getOffset(time);
    if (!Duration.ofSeconds(offset.getTotalSeconds()).equals(localOffset)) {
      return unknown(
          "The node names the zone %s, which is at %s, but its local time is %s s ahead of UTC."
              .formatted(source.shown(name), offset, localOffset.toSeconds()));
    }
    return new Outcome.Value<>(new NodeClock(zone, Duration.between(source.receivedAt(), time)));
  }

  private static Instant instant(JsonObject answer, String field) throws MalformedException {
    OptionalLong seconds = answer.get(field).asWholeNumber();
    if (seconds.isEmpty()) {
      throw new MalformedException("field data." + field + " is not a number of seconds");
    }
    try {
      return Instant.ofEpochSecond(seconds.getAsLong());
    } catch (DateTimeException e) {
      throw new MalformedException("field data." + field + " is no time");
    }
  }

  private static Outcome<NodeClock> unknown(String detail) {
    return new Outcome.NoValue<>(new Failed<>(FailureReason.ZONE_UNKNOWN, detail));
  }
}
