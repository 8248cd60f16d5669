package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page that lists the clusters, where there are several, or none.
public final class IndexPage {
  private IndexPage() {}

  /// Writes the page.
  ///
  /// @param seen by name, the clusters that were collected, as they were then
  /// @param now when the page is made
  public static void write(Map<String, ClusterStatus> seen, Instant now, Frame frame, Writer out) {
    var html = new Html(out);
    frame.begin(html, "Proxmox ZFS Exporter");
    html.open("header").element("h1", "Proxmox ZFS Exporter").close();
    html.open("main").element("h2", "Clusters").open("ul", "class", "clusters");
    for (String cluster : frame.clusters()) {
      ClusterStatus status = seen.get(cluster);
      Tone tone = status == null ? Tone.FAINT : Tone.of(status.severity());
      html.open("li", "class", "card " + Html.toneClass(tone)).open("p", "class", "title");
      html.element("a", cluster, "href", "./?target=" + Frame.encode(cluster));
      html.badge(tone, status == null ? "not looked at yet" : word(status.severity())).close();
      if (status != null) {
        html.open("p").text(counts(status) + ", " + problems(status) + ", collected ");
        new Moments(now).ago(html, status.snapshot().collectedAt());
        html.close();
      }
      html.close();
    }
    html.close().close();
    frame.end(html);
  }

  static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private static String problems(ClusterStatus status) {
    int number = status.problems().size();
    return number == 0 ? "nothing wrong" : count(number, "thing") + " wrong";
  }

  /// How many nodes and pools there are.
  static String counts(ClusterStatus status) {
    List<NodeSnapshot> nodes = status.nodes();
    int pools =
        nodes.stream().mapToInt(node -> node.pools().asOptional().orElse(List.of()).size()).sum();
    return count(nodes.size(), "node") + ", " + count(pools, "pool");
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
