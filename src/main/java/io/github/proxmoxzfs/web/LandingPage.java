package io.github.proxmoxzfs.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The page at `/`: what this is and where the metrics are.
final class LandingPage {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");

  private LandingPage() {}

  static Response of(String version, String telemetryPath, List<Target> targets) {
    String probes =
        targets.stream()
            .map(Target::name)
            .sorted()
            .map(LandingPage::links)
            .collect(Collectors.joining("\n"));
    return Response.html(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Proxmox ZFS Exporter</title>
        <style>:root{color-scheme:light dark}body{font-family:sans-serif;margin:2rem}</style>
        </head>
        <body>
        <h1>Proxmox ZFS Exporter</h1>
        <p>Prometheus exporter for ZFS on Proxmox VE, version %s.</p>
        <ul>
        %s
        %s
        </ul>
        <p>Those of one node: <code>/probe?target=CLUSTER&amp;node=NODE</code>. Those of some
        collectors: <code>collect[]=NAME</code>, which may be repeated.</p>
        </body>
        </html>
        """
            .formatted(escape(version), link(telemetryPath, "Metrics"), probes),
        HEADERS);
  }

  private static String links(String target) {
    String probe = "/probe?target=" + encode(target);
    return link(probe, "Metrics of cluster " + target)
        + "\n"
        + link(probe + "&scope=cluster", "Those of cluster " + target + " that belong to no node");
  }

  private static String link(String path, String text) {
    // Relative, so that it leads to the same place behind a proxy that adds a prefix.
    return "<li><a href=\"" + escape(path.substring(1)) + "\">" + escape(text) + "</a></li>";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
