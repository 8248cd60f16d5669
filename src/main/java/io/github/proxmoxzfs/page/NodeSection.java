package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.MissingPool;
import io.github.proxmoxzfs.domain.NodeClock;
import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.domain.Pool;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A node with its pools and its disks.
final class NodeSection {
  private final ClusterStatus status;
  private final Moments moments;
  private final Html html;
  private final PoolCard card;

  NodeSection(ClusterStatus status, Moments moments, Html html) {
    this.status = status;
    this.moments = moments;
    this.html = html;
    this.card = new PoolCard(status, moments, html);
  }

  void show(NodeSnapshot node) {
    html.open("section", "class", "node").open("h2").text(node.name() + " ");
    state(node);
    html.close().open("p", "class", "about");
    about(node).forEach(fact -> html.element("span", fact).text(" "));
    moments.read(html, node.pools());
    html.close();
    List<Pool> pools = node.pools().asOptional().orElse(List.of());
    if (pools.isEmpty() && node.pools() instanceof Reading.Ok) {
      html.element("p", "No pools.");
    }
    pools.forEach(pool -> card.show(node, pool));
    missing(node);
    new DiskTable(status, moments, html).show(node);
    html.close();
  }

  private void state(NodeSnapshot node) {
    Optional<Instant> unresponsive = node.responsiveness().unresponsiveSince();
    if (!node.online()) {
      html.badge(Tone.CRITICAL, "offline");
    } else if (unresponsive.isPresent()) {
      Duration lasted = Duration.between(unresponsive.get(), status.snapshot().collectedAt());
      html.badge(Tone.CRITICAL, "unresponsive for " + Quantities.duration(lasted));
    } else {
      switch (node.pools()) {
        case Reading.Ok<List<Pool>> _ -> html.badge(Tone.GOOD, "online");
        case Reading.Failed<List<Pool>>(FailureReason reason, _) ->
            html.badge(Tone.CRITICAL, "not readable: " + reason.label().replace('_', ' '));
        case Reading.Skipped<List<Pool>> _ -> html.badge(Tone.FAINT, "online, not asked");
      }
    }
  }

  private List<String> about(NodeSnapshot node) {
    var about = new ArrayList<String>();
    Optional<NodeVersions> versions =
        Optional.ofNullable(status.snapshot().surroundings().versions().get(node.name()))
            .flatMap(Reading::asOptional);
    versions.flatMap(NodeVersions::pve).ifPresent(version -> about.add("Proxmox VE " + version));
    versions.flatMap(NodeVersions::zfs).ifPresent(version -> about.add("ZFS " + version));
    node.clock().asOptional().map(NodeClock::zone).ifPresent(zone -> about.add(zone.getId()));
    return about;
  }

  private void missing(NodeSnapshot node) {
    for (MissingPool missing : status.snapshot().missingPools()) {
      if (missing.node().equals(node.name())) {
        html.open("article", "class", "card critical").open("h3").text(missing.pool() + " ");
        html.badge(Tone.CRITICAL, "missing").close();
        html.element("p", "It was listed before: " + missing.cause().label().replace('_', ' '));
        html.close();
      }
    }
  }
}
