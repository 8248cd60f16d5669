package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Fact;
import io.github.proxmoxzfs.status.Failures;
import io.github.proxmoxzfs.status.PoolFacts;
import io.github.proxmoxzfs.status.PoolSpace;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Tone;
import java.time.Instant;

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
    line.add(PoolSpace.tone(pool.health()), pool.health().name());
    PoolSpace.ratio(pool.listing())
        .ifPresent(
            ratio -> {
              Tone tone = PoolSpace.tone(ratio);
              Bar.draw(line.add("  "), ratio, BAR, tone, page.appearance().unicode());
              line.add(" " + Quantities.percent(ratio))
                  .add(Tone.FAINT, PoolSpace.shown(pool.listing()));
            });
  }

  private void details(PoolStatus read, Instant readAt) {
    PoolFacts.of(node, pool, read, readAt, status.snapshot().collectedAt()).forEach(this::show);
    new VdevTable(status, node, pool.listing().name(), read, page).show();
  }

  private void show(Fact fact) {
    if (fact.progress().isEmpty()) {
      field(fact.label(), fact.tone(), fact.text());
      return;
    }
    Line line = page.line().to(INNER).add(Tone.FAINT, fact.label()).to(INNER + LABEL);
    double ratio = fact.progress().getAsDouble();
    Bar.draw(line, ratio, BAR, fact.tone(), page.appearance().unicode());
    line.add(" ").add(Tone.STRONG, Quantities.progress(ratio)).add(" ");
    page.paragraph(line, INNER + LABEL, Tone.PLAIN, fact.text());
  }

  private void field(String label, Tone tone, String text) {
    Line line = page.line().to(INNER).add(Tone.FAINT, label).to(INNER + LABEL);
    page.paragraph(line, INNER + LABEL, tone, text);
  }
}
