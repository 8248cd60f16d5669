package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.ScrubHistory;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Fact;
import io.github.proxmoxzfs.status.Failures;
import io.github.proxmoxzfs.status.PoolFacts;
import io.github.proxmoxzfs.status.PoolSpace;
import io.github.proxmoxzfs.status.Problem;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A pool. Those with nothing wrong are folded, so that the others are seen.
final class PoolCard {
  private record Key(String node, String pool) {}

  private final ClusterStatus status;
  private final Moments moments;
  private final Html html;
  private final Map<Key, Severity> severities = new HashMap<>();

  PoolCard(ClusterStatus status, Moments moments, Html html) {
    this.status = status;
    this.moments = moments;
    this.html = html;
    for (Problem problem : status.problems()) {
      if (problem.node().isPresent() && problem.pool().isPresent()) {
        severities.merge(
            new Key(problem.node().get(), problem.pool().get()),
            problem.severity(),
            Severity::orWorse);
      }
    }
  }

  void show(NodeSnapshot node, Pool pool) {
    var key = new Key(node.name(), pool.listing().name());
    Severity severity = severities.getOrDefault(key, Severity.HEALTHY);
    boolean seen = !pool.listing().nameTruncated() && pool.status() instanceof Reading.Ok;
    // What cannot be seen is not shown as good.
    Tone tone = severity == Severity.HEALTHY && !seen ? Tone.FAINT : Tone.of(severity);
    String style = "card pool " + Html.toneClass(tone);
    html.open("article", "class", style);
    if (severity == Severity.HEALTHY) {
      html.open("details").open("summary");
    } else {
      html.open("div").open("div", "class", "head");
    }
    heading(pool);
    html.close();
    details(node, pool);
    html.close().close();
  }

  private void heading(Pool pool) {
    html.open("h3").text(pool.listing().name() + " ");
    if (!pool.listing().nameTruncated()) {
      html.badge(PoolSpace.tone(pool.health()), pool.health().name());
    }
    html.close();
    if (pool.listing().nameTruncated()) {
      html.element("span", "a name with a blank: Proxmox cannot show this pool", "class", "space");
      return;
    }
    html.open("span", "class", "space");
    PoolSpace.ratio(pool.listing())
        .ifPresent(
            ratio ->
                html.bar(PoolSpace.tone(ratio), ratio)
                    .element("strong", Quantities.percent(ratio))
                    .text(" used" + PoolSpace.shown(pool.listing())));
    html.close().open("span", "class", "scrubbed");
    switch (pool.scrubs()) {
      case ScrubHistory.Completed scrub -> {
        html.text("scrubbed ");
        moments.ago(html, scrub.ended());
      }
      case ScrubHistory.Never() -> html.text("never scrubbed");
      case ScrubHistory.Unknown() -> {}
    }
    html.close();
  }

  private void details(NodeSnapshot node, Pool pool) {
    switch (pool.status()) {
      case Reading.Failed<PoolStatus>(FailureReason reason, String detail) ->
          html.open("p")
              .toned(Tone.WARNING, "Its details cannot be read: " + Failures.shown(reason, detail))
              .close();
      case Reading.Skipped<PoolStatus> _ -> html.element("p", "Its details were not asked for.");
      case Reading.Ok<PoolStatus>(PoolStatus read, Instant readAt) -> {
        facts(PoolFacts.of(node, pool, read, readAt, status.snapshot().collectedAt()));
        new VdevRows(status, node, pool.listing().name(), read, html).show();
        html.open("p", "class", "about");
        moments.read(html, pool.status());
        html.close();
      }
    }
  }

  private void facts(List<Fact> facts) {
    if (facts.isEmpty()) {
      return;
    }
    html.open("dl");
    for (Fact fact : facts) {
      html.element("dt", fact.label()).open("dd");
      if (fact.progress().isPresent()) {
        double ratio = fact.progress().getAsDouble();
        html.bar(fact.tone(), ratio).element("strong", Quantities.progress(ratio));
        html.text(" " + fact.text());
      } else {
        html.toned(fact.tone(), fact.text());
      }
      html.close();
    }
    html.close();
  }
}
