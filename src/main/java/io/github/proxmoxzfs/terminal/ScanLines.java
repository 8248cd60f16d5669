package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.Expansion;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Removal;
import io.github.proxmoxzfs.domain.Scan;
import io.github.proxmoxzfs.domain.ScrubHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What runs on a pool or ran last: scrubs, resilvers, removals, expansions.
final class ScanLines {
  private static final int BAR = 20;

  /// Begins a line with a label, and writes a text behind it, if there is one.
  @FunctionalInterface
  interface Field {
    Line add(String label, Tone tone, String text);
  }

  private final Optional<NodeClock> clock;
  private final Instant readAt;
  private final Instant now;
  private final Page page;
  private final Field field;

  /// @param readAt when the dates were read
  /// @param now when the collection ended
  ScanLines(NodeSnapshot node, Instant readAt, Instant now, Page page, Field field) {
    this.clock = node.clock().asOptional();
    this.readAt = readAt;
    this.now = now;
    this.page = page;
    this.field = field;
  }

  void show(Pool pool, PoolStatus read) {
    read.scan().ifPresent(this::scan);
    read.errorScrub().ifPresent(this::scan);
    read.removal().ifPresent(this::removal);
    read.expansion().ifPresent(this::expansion);
    lastScrub(pool, read);
  }

  /// The last scrub, from the field `scan` or remembered from before it was overwritten.
  private void lastScrub(Pool pool, PoolStatus read) {
    switch (pool.scrubs()) {
      case ScrubHistory.Completed scrub -> {
        var facts = new ArrayList<String>();
        facts.add("ended " + Quantities.ago(scrub.ended(), now) + dated(scrub.ended()));
        facts.addAll(findings(scrub.errors(), scrub.repairedBytes(), "repaired"));
        scrub.duration().ifPresent(took -> facts.add("took " + Quantities.duration(took)));
        boolean clean = scrub.errors().orElse(0) == 0;
        field.add("scrub", clean ? Tone.PLAIN : Tone.WARNING, String.join(", ", facts));
      }
      case ScrubHistory.Never() -> field.add("scrub", Tone.WARNING, "never");
      case ScrubHistory.Unknown() -> {
        boolean told =
            read.scan()
                .filter(scan -> subject(scan).filter(ScanLines::isScrub).isPresent())
                .isPresent();
        if (!told) {
          field.add("scrub", Tone.FAINT, "the last one is not known");
        }
      }
    }
  }

  private String dated(Instant moment) {
    return clock.map(known -> " (" + Quantities.date(moment, known.zone()) + ")").orElse("");
  }

  private void scan(Scan scan) {
    switch (scan) {
      case Scan.None _, Scan.Unknown _ -> {}
      case Scan.InProgress(Scan.Subject subject, LocalDateTime started, Scan.Progress progress) ->
          running(subject, progress, Tone.RUNNING, since(started));
      case Scan.Paused(
              Scan.Subject subject,
              LocalDateTime paused,
              LocalDateTime _,
              Scan.Progress progress) ->
          running(subject, progress, Tone.WARNING, "paused " + moment(paused));
      case Scan.Finished finished -> {
        // A finished scrub stands among what is known of the last scrub, if it can be dated.
        if (!isScrub(finished.subject()) || clock.isEmpty()) {
          finished(finished);
        }
      }
      case Scan.Canceled(Scan.Subject subject, LocalDateTime ended) ->
          field.add(label(subject), Tone.WARNING, "canceled " + moment(ended));
    }
  }

  private void running(Scan.Subject subject, Scan.Progress progress, Tone tone, String since) {
    Line line = field.add(label(subject), Tone.PLAIN, "");
    var facts = new ArrayList<String>();
    progress.remaining().ifPresent(left -> facts.add(Quantities.duration(left) + " to go"));
    OptionalLong rate =
        progress.issueBytesPerSecond().isPresent()
            ? progress.issueBytesPerSecond()
            : progress.scanBytesPerSecond();
    rate.ifPresent(perSecond -> facts.add(Quantities.bytes(perSecond) + "/s"));
    facts.add(since);
    bar(line, progress.progressRatio(), tone, facts);
  }

  private void bar(Line line, OptionalDouble ratio, Tone tone, List<String> facts) {
    int indent = line.width();
    if (ratio.isPresent()) {
      Bar.draw(line, ratio.getAsDouble(), BAR, tone, page.appearance().unicode());
      line.add(" ").add(Tone.STRONG, Bar.percent(ratio.getAsDouble())).add(" ");
    }
    page.paragraph(line, indent, Tone.PLAIN, String.join(", ", facts));
  }

  private void finished(Scan.Finished scan) {
    var facts = new ArrayList<String>();
    facts.add("ended " + moment(scan.ended()));
    facts.addAll(
        findings(
            scan.errors(), scan.processedBytes(), isScrub(scan.subject()) ? "repaired" : "wrote"));
    scan.errorBlocks().ifPresent(blocks -> facts.add(blocks + " blocks"));
    scan.duration().ifPresent(took -> facts.add("took " + Quantities.duration(took)));
    boolean clean = scan.errors().orElse(0) == 0;
    field.add(label(scan.subject()), clean ? Tone.PLAIN : Tone.WARNING, String.join(", ", facts));
  }

  private static List<String> findings(OptionalLong errors, OptionalLong bytes, String did) {
    var facts = new ArrayList<String>();
    errors.ifPresent(count -> facts.add(count + (count == 1 ? " error" : " errors")));
    if (bytes.orElse(0) > 0) {
      facts.add(did + " " + Quantities.bytes(bytes.getAsLong()));
    }
    return facts;
  }

  private void removal(Removal removal) {
    switch (removal) {
      case Removal.InProgress running -> {
        Line line = field.add("removal", Tone.PLAIN, "");
        var facts = new ArrayList<String>();
        facts.add(running.vdev());
        running.remaining().ifPresent(left -> facts.add(Quantities.duration(left) + " to go"));
        bar(line, running.progressRatio(), Tone.RUNNING, facts);
      }
      case Removal.Finished finished ->
          field.add("removal", Tone.PLAIN, "ended " + moment(finished.ended()));
      case Removal.Canceled(String vdev, LocalDateTime ended) ->
          field.add("removal", Tone.PLAIN, "of " + vdev + " canceled " + moment(ended));
      case Removal.Unknown _ -> {}
    }
  }

  private void expansion(Expansion expansion) {
    switch (expansion) {
      case Expansion.InProgress running -> {
        Line line = field.add("expand", Tone.PLAIN, "");
        var facts = new ArrayList<String>();
        facts.add(running.vdev());
        running.remaining().ifPresent(left -> facts.add(Quantities.duration(left) + " to go"));
        if (running.paused()) {
          facts.add("paused for a resilver or zpool clear");
        }
        bar(line, running.progressRatio(), Tone.RUNNING, facts);
      }
      case Expansion.Finished finished ->
          field.add("expand", Tone.PLAIN, finished.vdev() + " ended " + moment(finished.ended()));
      case Expansion.Unknown _ -> {}
    }
  }

  private String since(LocalDateTime started) {
    return clock
        .map(known -> known.instantOf(started, readAt))
        .map(moment -> "for " + Quantities.duration(Duration.between(moment, now)))
        .orElseGet(() -> "since " + Quantities.date(started));
  }

  private String moment(LocalDateTime date) {
    return clock
        .map(known -> known.instantOf(date, readAt))
        .map(moment -> Quantities.ago(moment, now) + " (" + Quantities.date(date) + ")")
        .orElseGet(() -> "on " + Quantities.date(date));
  }

  private static Optional<Scan.Subject> subject(Scan scan) {
    return switch (scan) {
      case Scan.None _, Scan.Unknown _ -> Optional.empty();
      case Scan.InProgress running -> Optional.of(running.subject());
      case Scan.Paused paused -> Optional.of(paused.subject());
      case Scan.Finished finished -> Optional.of(finished.subject());
      case Scan.Canceled canceled -> Optional.of(canceled.subject());
    };
  }

  private static boolean isScrub(Scan.Subject subject) {
    return subject.function() == Scan.Function.SCRUB;
  }

  private static String label(Scan.Subject subject) {
    return switch (subject.function()) {
      case SCRUB, RESILVER, REBUILD -> subject.function().name().toLowerCase(Locale.ROOT);
      case ERROR_SCRUB -> "err scrub";
    };
  }
}
