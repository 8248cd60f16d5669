package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import java.time.Instant;
import java.util.Optional;

/// A pool as `status` shows it.
final class PoolSection {
  private static final int INDENT = 2;
  private static final int INNER = 4;
  private static final int LABEL = 9;
  private static final int BAR = 20;

  private final ClusterStatus status;
  private final NodeSnapshot node;
  private final Pool pool;
  private final Page page;

  PoolSection(ClusterStatus status, NodeSnapshot node, Pool pool, Page page) {
    this.status = status;
    this.node = node;
    this.pool = pool;
    this.page = page;
  }

  void show() {
    page.gap();
    heading();
    switch (pool.status()) {
      case Reading.Failed<PoolStatus>(FailureReason reason, String detail) ->
          field("details", Tone.WARNING, "not readable: " + Failures.shown(reason, detail));
      case Reading.Skipped<PoolStatus> _ -> {}
      case Reading.Ok<PoolStatus>(PoolStatus read, Instant readAt) -> details(read, readAt);
    }
  }

  private void heading() {
    Line line = page.line().to(INDENT).add(Tone.STRONG, pool.listing().name()).add("  ");
    if (pool.listing().nameTruncated()) {
      line.add(Tone.FAINT, "a name with a blank: Proxmox cannot show this pool");
      return;
    }
    line.add(tone(pool.health()), pool.health().name());
    PoolDiagnosis.capacity(pool.listing())
        .ifPresent(
            ratio -> {
              Tone tone = ratio >= 0.9 ? Tone.CRITICAL : ratio >= 0.8 ? Tone.WARNING : Tone.GOOD;
              Bar.draw(line.add("  "), ratio, BAR, tone, page.appearance().unicode());
              line.add(" " + Quantities.percent(ratio)).add(Tone.FAINT, space(pool.listing()));
            });
  }

  private static String space(PoolListing listing) {
    return listing
        .space()
        .map(
            space ->
                " of "
                    + Quantities.bytes(space.sizeBytes())
                    + ", "
                    + Quantities.bytes(space.freeBytes())
                    + " free"
                    + (space.fragmentationRatio().orElse(0) > 0
                        ? ", frag " + Quantities.percent(space.fragmentationRatio().getAsDouble())
                        : ""))
        .orElse("");
  }

  static Tone tone(PoolHealth health) {
    return switch (health) {
      case ONLINE -> Tone.GOOD;
      case DEGRADED -> Tone.WARNING;
      case FAULTED, OFFLINE, UNAVAIL, REMOVED, SUSPENDED, UNKNOWN -> Tone.CRITICAL;
    };
  }

  private void details(PoolStatus read, Instant readAt) {
    read.reason()
        .ifPresent(
            reason -> {
              field("status", reason.code().cosmetic() ? Tone.FAINT : Tone.WARNING, reason.text());
              reason
                  .action()
                  .filter(_ -> !reason.code().cosmetic())
                  .filter(_ -> reason.code() != PoolReason.Code.RESILVERING)
                  .ifPresent(action -> field("action", Tone.FAINT, action));
            });
    new ScanLines(node, readAt, status.snapshot().collectedAt(), page, this::field)
        .show(pool, read);
    read.checkpoint().ifPresent(this::checkpoint);
    errors(read.dataErrors());
    read.unknownTexts().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(text -> field("unknown", Tone.WARNING, text.getKey() + ": " + text.getValue()));
    new VdevTable(status, node, pool.listing().name(), read, page).show();
  }

  private void checkpoint(Checkpoint checkpoint) {
    switch (checkpoint) {
      case Checkpoint.Exists exists ->
          field(
              "checkpt",
              Tone.PLAIN,
              "made "
                  + Quantities.date(exists.created())
                  + (exists.consumedBytes().isPresent()
                      ? ", holds " + Quantities.bytes(exists.consumedBytes().getAsLong())
                      : ""));
      case Checkpoint.Discarding _ -> field("checkpt", Tone.PLAIN, "being given up");
      case Checkpoint.Unknown _ -> {} // shown with the other texts that are not understood
    }
  }

  private void errors(DataErrors errors) {
    switch (errors) {
      case DataErrors.Count(long blocks) -> {
        if (blocks > 0) {
          field(
              "errors",
              Tone.CRITICAL,
              blocks + (blocks == 1 ? " permanent error" : " permanent errors") + " in data");
        }
      }
      case DataErrors.Unavailable() -> field("errors", Tone.WARNING, "ZFS cannot tell");
      case DataErrors.Unknown _ -> {}
    }
  }

  private Line field(String label, Optional<Tone> tone, String text) {
    Line line = page.line().to(INNER).add(Tone.FAINT, label).to(INNER + LABEL);
    tone.ifPresent(known -> page.paragraph(line, INNER + LABEL, known, text));
    return line;
  }

  private Line field(String label, Tone tone, String text) {
    return field(label, text.isEmpty() ? Optional.empty() : Optional.of(tone), text);
  }
}
