package io.github.proxmoxzfs.page;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What all pages have in common. All links are relative, so that they hold behind a proxy that
/// serves the exporter below a path.
///
/// @param version the program's version
/// @param telemetryPath the path of the metrics, such as `/metrics`
/// @param clusters the names of all clusters
public record Frame(String version, String telemetryPath, List<String> clusters) {
  /// The value of the header `Content-Security-Policy`: the page's own style sheet and an empty
  /// icon, and nothing else, neither scripts nor anything from elsewhere.
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src "
          + Stylesheet.source()
          + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  public Frame {
    requireNonNull(version, "version is null");
    requireNonNull(telemetryPath, "telemetryPath is null");
    clusters = clusters.stream().sorted().toList();
  }

  /// Whether there is an index of clusters.
  public boolean hasIndex() {
    return clusters.size() != 1;
  }

  /// Begins a page, up to where its content begins.
  void begin(Html html, String title) {
    html.doctype().open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.element("title", title);
    // Without it browsers ask for /favicon.ico.
    html.single("link", "rel", "icon", "href", "data:,");
    html.style().close().open("body");
  }

  /// Ends a page with the links to the metrics.
  void end(Html html) {
    html.open("footer");
    html.element("h2", "For Prometheus");
    html.open("ul");
    link(html, "." + telemetryPath, "Metrics");
    for (String cluster : clusters) {
      String probe = "./probe?target=" + encode(cluster);
      link(html, probe, "Metrics of cluster " + cluster);
      link(
          html,
          probe + "&scope=cluster",
          "Those of cluster " + cluster + " that belong to no node");
    }
    html.close();
    html.open("p").text("Those of one node: ").element("code", "probe?target=CLUSTER&node=NODE");
    html.text(". ");
    html.text("Those of some collectors: ").element("code", "collect[]=NAME");
    html.text(", which may be repeated.").close();
    html.element("p", "Proxmox ZFS Exporter, version " + version + ".");
    html.close().close().close().end();
  }

  private static void link(Html html, String path, String text) {
    html.open("li").element("a", text, "href", path).close();
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
