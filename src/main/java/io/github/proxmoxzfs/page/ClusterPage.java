package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.status.BlindSpot;
import io.github.proxmoxzfs.status.BlindSpots;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.Problem;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page of a cluster: what is wrong with it, its nodes with their pools and disks, storages,
/// replication, and what cannot be seen.
public final class ClusterPage {
  private static final int MOST_SHOWN = 20;

  /// In place of the credential's name: whoever may see the page need not know it.
  private static final String CREDENTIAL = "USER@REALM!TOKEN";

  private final ClusterStatus status;
  private final Frame frame;
  private final Moments moments;
  private final Html html;

  private ClusterPage(ClusterStatus status, Frame frame, Moments moments, Html html) {
    this.status = status;
    this.frame = frame;
    this.moments = moments;
    this.html = html;
  }

  /// Writes the page.
  ///
  /// @param now when the page is made, at or after the collection
  public static void write(ClusterStatus status, Instant now, Frame frame, Writer out) {
    new ClusterPage(status, frame, new Moments(now), new Html(out)).write();
  }

  private void write() {
    Severity severity = status.severity();
    String word = IndexPage.word(severity);
    frame.begin(html, status.cluster() + ": " + word + " - Proxmox ZFS Exporter");
    header(Tone.of(severity), word);
    html.open("main");
    problems();
    var section = new NodeSection(status, moments, html);
    for (NodeSnapshot node : status.nodes()) {
      section.show(node);
    }
    new ClusterTables(status, moments, html).show();
    blindSpots();
    html.close();
    frame.end(html);
  }

  private void header(Tone tone, String word) {
    html.open("header");
    if (frame.hasIndex()) {
      html.open("nav", "aria-label", "Clusters").element("a", "All clusters", "href", "./").close();
    }
    html.open("h1").text(status.cluster() + " ").badge(tone, word).close();
    html.open("p");
    if (status.snapshot().nodes() instanceof Reading.Ok) {
      html.text(IndexPage.counts(status) + ". ");
    }
    Instant collected = status.snapshot().collectedAt();
    html.text("Collected ");
    moments.ago(html, collected);
    String exact = collected.truncatedTo(ChronoUnit.SECONDS).toString();
    html.text(", at " + exact.replace('T', ' ').replace("Z", " UTC") + ". Reload the page to look");
    html.text(" again; the cluster is asked when this is older than a minute.").close().close();
  }

  private void problems() {
    List<Problem> problems = status.problems();
    html.open("section", "aria-labelledby", "wrong").element("h2", "What is wrong", "id", "wrong");
    if (problems.isEmpty()) {
      html.open("p").toned(Tone.GOOD, "Nothing, as far as can be seen.").close();
    } else {
      int shown = Math.min(problems.size(), MOST_SHOWN);
      list(problems.subList(0, shown));
      if (shown < problems.size()) {
        html.open("details").element("summary", "and " + (problems.size() - shown) + " more");
        list(problems.subList(shown, problems.size()));
        html.close();
      }
    }
    html.close();
  }

  private void list(List<Problem> problems) {
    html.open("ul", "class", "problems");
    for (Problem problem : problems) {
      Tone tone = Tone.of(problem.severity());
      html.open("li", "class", Html.toneClass(tone));
      html.badge(tone, IndexPage.word(problem.severity())).text(" ");
      html.open("span");
      if (!problem.subject().isEmpty()) {
        html.element("strong", problem.subject()).text(": ");
      }
      html.text(problem.text()).close().close();
    }
    html.close();
  }

  private void blindSpots() {
    List<BlindSpot> spots = BlindSpots.of(status, CREDENTIAL);
    html.open("section", "aria-labelledby", "unseen");
    html.element("h2", "What cannot be seen", "id", "unseen");
    if (spots.isEmpty()) {
      html.element("p", "All that was asked for was read and understood.");
    } else {
      List<Map.Entry<Cause, List<String>>> causes = List.copyOf(byCause(spots).entrySet());
      int shown = Math.min(causes.size(), MOST_SHOWN);
      causes(causes.subList(0, shown));
      if (shown < causes.size()) {
        html.open("details").element("summary", "and " + (causes.size() - shown) + " more");
        causes(causes.subList(shown, causes.size()));
        html.close();
      }
      html.open("p").element("code", "proxmox-zfs-exporter check");
      html.text(" looks at each step on the way to the cluster, and names what mends it.").close();
    }
    html.close();
  }

  private record Cause(String why, List<String> remedies) {}

  /// A node that cannot be reached is a single cause of many blind spots.
  private static Map<Cause, List<String>> byCause(List<BlindSpot> spots) {
    var subjects = new LinkedHashMap<Cause, List<String>>();
    for (BlindSpot spot : spots) {
      subjects
          .computeIfAbsent(new Cause(spot.why(), spot.remedies()), _ -> new ArrayList<>())
          .add(spot.subject());
    }
    return subjects;
  }

  private void causes(List<Map.Entry<Cause, List<String>>> causes) {
    html.open("ul", "class", "unseen");
    for (Map.Entry<Cause, List<String>> cause : causes) {
      html.open("li", "class", "card").open("p");
      html.element("strong", String.join(", ", cause.getValue()));
      html.text(": " + cause.getKey().why()).close();
      for (String remedy : cause.getKey().remedies()) {
        html.open("pre").element("code", remedy).close();
      }
      html.close();
    }
    html.close();
  }
}
