package io.github.proxmoxzfs.terminal;

import io.github.proxmoxzfs.status.OutsideText;
import io.github.proxmoxzfs.status.Quantities;
import io.github.proxmoxzfs.status.Severity;
import io.github.proxmoxzfs.status.Tone;
import java.util.List;

/// What `check` found, as lines for a terminal and as JSON.
public final class CheckScreen {
  private static final int SUBJECT = 5;
  private static final int FINDING = 30;

  private CheckScreen() {}

  /// The worst of the findings.
  public static Severity worst(List<CheckLine> findings) {
    return findings.stream().map(CheckLine::severity).reduce(Severity.HEALTHY, Severity::orWorse);
  }

  /// The lines to print, none longer than the appearance's columns but those that are commands:
  /// they are to be copied.
  public static List<String> of(List<CheckLine> findings, Appearance appearance) {
    var page = new Page(appearance);
    String cluster = "";
    for (CheckLine finding : findings) {
      if (!finding.cluster().equals(cluster)) {
        page.gap();
        page.line().add(Tone.STRONG, finding.cluster());
        cluster = finding.cluster();
      }
      add(finding, page);
    }
    page.gap();
    Severity worst = worst(findings);
    long wrong =
        findings.stream().filter(finding -> finding.severity() != Severity.HEALTHY).count();
    page.line()
        .add(
            Tone.of(worst),
            worst == Severity.HEALTHY
                ? "All is well."
                : wrong + (wrong == 1 ? " thing is" : " things are") + " to be mended.");
    return page.render();
  }

  private static void add(CheckLine finding, Page page) {
    int width = page.appearance().columns();
    Line line = page.line().add(Tone.of(finding.severity()), mark(finding.severity()));
    line.to(SUBJECT);
    String subject = OutsideText.harmless(finding.subject());
    line.add(Tone.STRONG, CellText.cut(subject, FINDING - SUBJECT - 1)).to(FINDING);
    String took = finding.took().map(Quantities::took).orElse("");
    String text = finding.finding() + (took.isEmpty() ? "" : " (" + took + ")");
    Tone tone = finding.severity() == Severity.HEALTHY ? Tone.PLAIN : Tone.of(finding.severity());
    page.paragraph(line, Math.min(FINDING, width / 2), tone, text);
    for (String remedy : finding.remedies()) {
      page.verbatim(SUBJECT, "→ ", remedy);
    }
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case HEALTHY -> "ok";
      case WARNING -> "WARN";
      case CRITICAL -> "FAIL";
    };
  }

  /// The findings as a JSON object on one line, in the form that `docs/check.md` describes.
  public static String json(List<CheckLine> findings) {
    return JsonLine.of(
        json ->
            json.add("severity", worst(findings).label())
                .objects(
                    "findings",
                    findings,
                    finding -> {
                      json.add("cluster", finding.cluster())
                          .add("severity", finding.severity().label())
                          .add("subject", finding.subject())
                          .add("finding", finding.finding());
                      finding.took().ifPresent(took -> json.add("seconds", took));
                      json.texts("remedies", finding.remedies());
                    }));
  }
}
