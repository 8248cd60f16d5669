package io.github.proxmoxzfs.page;

import io.github.proxmoxzfs.domain.NodeSnapshot;
import io.github.proxmoxzfs.domain.Reading;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReading;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.status.DiskRow;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/// The disks of a node, and what they tell of themselves.
final class DiskTable {
  private final ClusterStatus status;
  private final Moments moments;
  private final Html html;

  DiskTable(ClusterStatus status, Moments moments, Html html) {
    this.status = status;
    this.moments = moments;
    this.html = html;
  }

  void show(NodeSnapshot node) {
    List<DiskRow> rows = DiskRow.of(node);
    if (rows.isEmpty()) {
      return;
    }
    Severity worst =
        rows.stream().map(DiskRow::severity).reduce(Severity.HEALTHY, Severity::orWorse);
    html.open("div", "class", "card disks " + Html.toneClass(Tone.of(worst)));
    if (worst == Severity.HEALTHY) {
      html.open("details");
    } else {
      html.open("details", "open", "");
    }
    html.open("summary").open("h3").text("Disks ").close();
    html.element("span", summary(rows), "class", "space").close();
    Tables.begin(
        html,
        "disks",
        "Disks of node " + node.name(),
        List.of("Device", "SMART", "Model", "Serial", "Location", "Size", "Numbers", "Read"));
    rows.forEach(this::row);
    Tables.end(html);
    html.open("p", "class", "about").text("list ");
    moments.read(html, node.disks().list());
    html.close().close().close();
  }

  private static String summary(List<DiskRow> rows) {
    var verdicts = new EnumMap<SmartHealth.Verdict, Integer>(SmartHealth.Verdict.class);
    rows.stream()
        .flatMap(row -> row.told().stream())
        .forEach(told -> verdicts.merge(told.health().verdict(), 1, Integer::sum));
    int silent = rows.size() - verdicts.values().stream().mapToInt(Integer::intValue).sum();
    var parts = new ArrayList<String>();
    verdicts.forEach((verdict, number) -> parts.add(number + " " + words(verdict)));
    if (silent > 0) {
      parts.add(silent + " not known");
    }
    return IndexPage.count(rows.size(), "disk") + ", SMART: " + String.join(", ", parts);
  }

  private static String words(SmartHealth.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case WARNING -> "warned";
      case UNKNOWN -> "told no verdict";
    };
  }

  private void row(DiskRow row) {
    html.open("tr", "class", row.severity() == Severity.HEALTHY ? "quiet" : "trouble");
    html.element("th", row.disk().device(), "scope", "row", "class", "name");
    html.open("td");
    verdict(row);
    html.close();
    var identity = row.identity(status);
    html.element("td", identity.model().replace('_', ' '));
    html.element("td", identity.serial(), "class", "mono");
    html.element("td", identity.location());
    html.element(
        "td",
        row.disk().sizeBytes().isPresent()
            ? Quantities.bytes(row.disk().sizeBytes().getAsLong())
            : "");
    html.element("td", String.join(", ", row.numbers()));
    html.open("td");
    row.smart().flatMap(SmartReading::told).ifPresent(told -> moments.ago(html, told.readAt()));
    html.close().close();
  }

  private void verdict(DiskRow row) {
    Optional<SmartReport.Told> told = row.told();
    if (told.isPresent()) {
      SmartHealth.Verdict verdict = told.get().health().verdict();
      html.toned(
          verdict == SmartHealth.Verdict.UNKNOWN ? Tone.FAINT : Tone.of(row.severity()),
          verdict.name());
    }
    row.smart()
        .flatMap(SmartReading::failure)
        .ifPresent(cause -> html.text(" ").toned(Tone.FAINT, cause.replace('_', ' ')));
    if (row.smart().filter(smart -> !(smart.latest() instanceof Reading.Skipped)).isEmpty()
        && told.isEmpty()) {
      html.toned(Tone.FAINT, "not asked");
    }
  }
}
