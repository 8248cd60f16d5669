package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Problem;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// A cluster as `status` shows it: what is wrong with it, then each node with its pools as `zpool
/// status` would show them.
public final class StatusScreen {
  private static final int INDENT = 2;

  private final ClusterStatus status;
  private final Instant now;
  private final ZoneId ourZone;
  private final Page page;

  private StatusScreen(ClusterStatus status, ZoneId ourZone, Appearance appearance) {
    this.status = status;
    this.now = status.snapshot().collectedAt();
    this.ourZone = ourZone;
    this.page = new Page(appearance);
  }

  /// The lines to print, none longer than the appearance's columns.
  ///
  /// @param ourZone the zone for the time of the collection; nodes' dates are shown in their own
  public static List<String> of(ClusterStatus status, ZoneId ourZone, Appearance appearance) {
    var screen = new StatusScreen(status, ourZone, appearance);
    screen.heading();
    screen.problems();
    status.nodes().forEach(screen::node);
    ClusterSections.show(status, screen.page);
    return screen.page.render();
  }

  private void heading() {
    List<NodeSnapshot> nodes = status.nodes();
    long pools = nodes.stream().mapToLong(node -> pools(node).size()).sum();
    Severity severity = status.severity();
    Line line = page.line().add(Tone.STRONG, status.cluster());
    if (status.snapshot().nodes() instanceof Reading.Ok) {
      line.add("  " + count(nodes.size(), "node") + ", " + count(pools, "pool"));
    }
    line.add("  ").add(Tone.of(severity), severity.name());
    String date = Quantities.date(now, ourZone);
    if (line.width() + date.length() < page.appearance().columns()) {
      line.endingAt(page.appearance().columns(), Tone.FAINT, date);
    }
  }

  private void problems() {
    List<Problem> problems = status.problems();
    if (problems.isEmpty()) {
      return;
    }
    page.gap();
    for (Problem problem : problems) {
      Line line =
          page.line()
              .to(INDENT)
              .add(Tone.of(problem.severity()), problem.severity().name())
              .to(INDENT + 9);
      if (!problem.subject().isEmpty()) {
        line.add(" ").add(Tone.STRONG, problem.subject()).add(":");
      }
      page.paragraph(line, INDENT + 10, Tone.PLAIN, problem.text());
    }
  }

  private void node(NodeSnapshot node) {
    page.gap();
    Line line = page.line().add(Tone.STRONG, node.name()).add("  ");
    state(node, line);
    zone(node).ifPresent(zone -> line.add("  ").add(Tone.FAINT, zone.getId()));
    NodeSections.versions(status, node).ifPresent(text -> line.add("  ").add(Tone.FAINT, text));
    List<Pool> pools = pools(node);
    if (pools.isEmpty() && node.pools() instanceof Reading.Ok) {
      page.line().to(INDENT).add(Tone.FAINT, "no pools");
    }
    for (Pool pool : pools) {
      new PoolSection(status, node, pool, page).show();
    }
    missingPools(node);
    NodeSections.disks(status, node, page);
  }

  private void state(NodeSnapshot node, Line line) {
    Optional<Instant> unresponsive = node.responsiveness().unresponsiveSince();
    if (!node.online()) {
      line.add(Tone.CRITICAL, "offline");
    } else if (unresponsive.isPresent()) {
      line.add(
          Tone.CRITICAL,
          "unresponsive for " + Quantities.duration(Duration.between(unresponsive.get(), now)));
    } else {
      switch (node.pools()) {
        case Reading.Ok<List<Pool>> _ -> line.add(Tone.GOOD, "online");
        case Reading.Failed<List<Pool>>(FailureReason reason, _) ->
            line.add(Tone.CRITICAL, "not readable: " + reason.label().replace('_', ' '));
        case Reading.Skipped<List<Pool>> _ -> line.add(Tone.FAINT, "online, not asked");
      }
    }
  }

  private void missingPools(NodeSnapshot node) {
    for (MissingPool missing : status.snapshot().missingPools()) {
      if (missing.node().equals(node.name())) {
        page.gap();
        page.line()
            .to(INDENT)
            .add(Tone.STRONG, missing.pool())
            .add("  ")
            .add(Tone.CRITICAL, "missing: " + missing.cause().label().replace('_', ' '));
      }
    }
  }

  private static List<Pool> pools(NodeSnapshot node) {
    return node.pools().asOptional().orElse(List.of());
  }

  private static Optional<ZoneId> zone(NodeSnapshot node) {
    return node.clock().asOptional().map(NodeClock::zone);
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
