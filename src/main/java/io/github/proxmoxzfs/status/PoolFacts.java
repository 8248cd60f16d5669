package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a pool's own answer says beside the tree of its vdevs, line by line.
public final class PoolFacts {
  private final List<Fact> facts = new ArrayList<>();

  private PoolFacts() {}

  /// What is known of a pool whose answer was read.
  ///
  /// @param readAt when it was read
  /// @param now when the collection ended
  public static List<Fact> of(
      NodeSnapshot node, Pool pool, PoolStatus read, Instant readAt, Instant now) {
    var known = new PoolFacts();
    read.reason().ifPresent(known::reason);
    known.facts.addAll(ScanFacts.of(node, pool, read, readAt, now));
    read.checkpoint().ifPresent(known::checkpoint);
    known.errors(read.dataErrors());
    read.unknownTexts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            text -> known.add("unknown", Tone.WARNING, text.getKey() + ": " + text.getValue()));
    return known.facts;
  }

  private void add(String label, Tone tone, String text) {
    facts.add(Fact.of(label, tone, text));
  }

  private void reason(PoolReason reason) {
    add("status", reason.code().cosmetic() ? Tone.FAINT : Tone.WARNING, reason.text());
    reason
        .action()
        .filter(_ -> !reason.code().cosmetic())
        .filter(_ -> reason.code() != PoolReason.Code.RESILVERING)
        .ifPresent(action -> add("action", Tone.FAINT, action));
  }

  private void checkpoint(Checkpoint checkpoint) {
    switch (checkpoint) {
      case Checkpoint.Exists exists ->
          add(
              "checkpt",
              Tone.PLAIN,
              "made "
                  + Quantities.date(exists.created())
                  + (exists.consumedBytes().isPresent()
                      ? ", holds " + Quantities.bytes(exists.consumedBytes().getAsLong())
                      : ""));
      case Checkpoint.Discarding _ -> add("checkpt", Tone.PLAIN, "being given up");
      case Checkpoint.Unknown _ -> {} // told with the other texts that are not understood
    }
  }

  private void errors(DataErrors errors) {
    switch (errors) {
      case DataErrors.Count(long blocks) -> {
        if (blocks > 0) {
          add(
              "errors",
              Tone.CRITICAL,
              blocks + (blocks == 1 ? " permanent error" : " permanent errors") + " in data");
        }
      }
      case DataErrors.Unavailable() -> add("errors", Tone.WARNING, "ZFS cannot tell");
      case DataErrors.Unknown _ -> {}
    }
  }
}
