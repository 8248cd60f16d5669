package io.github.proxmoxzfs.status;

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
final class ScanFacts {
  private final Optional<NodeClock> clock;
  private final Instant readAt;
  private final Instant now;
  private final List<Fact> facts = new ArrayList<>();

  private ScanFacts(NodeSnapshot node, Instant readAt, Instant now) {
    this.clock = node.clock().asOptional();
    this.readAt = readAt;
    this.now = now;
  }

  /// @param readAt when the dates were read
  /// @param now when the collection ended
  static List<Fact> of(NodeSnapshot node, Pool pool, PoolStatus read, Instant readAt, Instant now) {
    var scans = new ScanFacts(node, readAt, now);
    read.scan().ifPresent(scans::scan);
    read.errorScrub().ifPresent(scans::scan);
    read.removal().ifPresent(scans::removal);
    read.expansion().ifPresent(scans::expansion);
    scans.lastScrub(pool, read);
    return scans.facts;
  }

  private void add(String label, Tone tone, String text) {
    facts.add(Fact.of(label, tone, text));
  }

  /// The last scrub, from the field `scan` or remembered from before it was overwritten.
  private void lastScrub(Pool pool, PoolStatus read) {
    switch (pool.scrubs()) {
      case ScrubHistory.Completed scrub -> {
        var details = new ArrayList<String>();
        details.add("ended " + Quantities.ago(scrub.ended(), now) + dated(scrub.ended()));
        details.addAll(findings(scrub.errors(), scrub.repairedBytes(), "repaired"));
        scrub.duration().ifPresent(took -> details.add("took " + Quantities.duration(took)));
        boolean clean = scrub.errors().orElse(0) == 0;
        add("scrub", clean ? Tone.PLAIN : Tone.WARNING, String.join(", ", details));
      }
      case ScrubHistory.Never() -> add("scrub", Tone.WARNING, "never");
      case ScrubHistory.Unknown() -> {
        boolean told =
            read.scan()
                .filter(scan -> subject(scan).filter(ScanFacts::isScrub).isPresent())
                .isPresent();
        if (!told) {
          add("scrub", Tone.FAINT, "the last one is not known");
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
          add(label(subject), Tone.WARNING, "canceled " + moment(ended));
    }
  }

  private void running(Scan.Subject subject, Scan.Progress progress, Tone tone, String since) {
    var details = new ArrayList<String>();
    progress.remaining().ifPresent(left -> details.add(Quantities.duration(left) + " to go"));
    OptionalLong rate =
        progress.issueBytesPerSecond().isPresent()
            ? progress.issueBytesPerSecond()
            : progress.scanBytesPerSecond();
    rate.ifPresent(perSecond -> details.add(Quantities.bytes(perSecond) + "/s"));
    details.add(since);
    bar(label(subject), progress.progressRatio(), tone, details);
  }

  private void bar(String label, OptionalDouble ratio, Tone tone, List<String> details) {
    facts.add(new Fact(label, tone, ratio, String.join(", ", details)));
  }

  private void finished(Scan.Finished scan) {
    var details = new ArrayList<String>();
    details.add("ended " + moment(scan.ended()));
    details.addAll(
        findings(
            scan.errors(), scan.processedBytes(), isScrub(scan.subject()) ? "repaired" : "wrote"));
    scan.errorBlocks().ifPresent(blocks -> details.add(blocks + " blocks"));
    scan.duration().ifPresent(took -> details.add("took " + Quantities.duration(took)));
    boolean clean = scan.errors().orElse(0) == 0;
    add(label(scan.subject()), clean ? Tone.PLAIN : Tone.WARNING, String.join(", ", details));
  }

  private static List<String> findings(OptionalLong errors, OptionalLong bytes, String did) {
    var details = new ArrayList<String>();
    errors.ifPresent(count -> details.add(count + (count == 1 ? " error" : " errors")));
    if (bytes.orElse(0) > 0) {
      details.add(did + " " + Quantities.bytes(bytes.getAsLong()));
    }
    return details;
  }

  private void removal(Removal removal) {
    switch (removal) {
      case Removal.InProgress running -> {
        var details = new ArrayList<String>();
        details.add(running.vdev());
        running.remaining().ifPresent(left -> details.add(Quantities.duration(left) + " to go"));
        bar("removal", running.progressRatio(), Tone.RUNNING, details);
      }
      case Removal.Finished finished ->
          add("removal", Tone.PLAIN, "ended " + moment(finished.ended()));
      case Removal.Canceled(String vdev, LocalDateTime ended) ->
          add("removal", Tone.PLAIN, "of " + vdev + " canceled " + moment(ended));
      case Removal.Unknown _ -> {}
    }
  }

  private void expansion(Expansion expansion) {
    switch (expansion) {
      case Expansion.InProgress running -> {
        var details = new ArrayList<String>();
        details.add(running.vdev());
        running.remaining().ifPresent(left -> details.add(Quantities.duration(left) + " to go"));
        if (running.paused()) {
          details.add("paused for a resilver or zpool clear");
        }
        bar("expand", running.progressRatio(), Tone.RUNNING, details);
      }
      case Expansion.Finished finished ->
          add("expand", Tone.PLAIN, finished.vdev() + " ended " + moment(finished.ended()));
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
