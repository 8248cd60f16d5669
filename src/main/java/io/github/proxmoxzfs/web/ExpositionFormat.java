package io.github.proxmoxzfs.web;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The text formats in which metrics are told, and which one a client gets.
///
/// The choice is ours rather than client_java's, which takes protobuf whenever the header mentions
/// it and ignores the weights.
enum ExpositionFormat {
  PROMETHEUS_TEXT(""),
  OPEN_METRICS_TEXT("# EOF\n");

  private final String end;

  ExpositionFormat(String end) {
    this.end = end;
  }

  /// The format for an `Accept` header: OpenMetrics 1.0 if it is asked for at least as much as
  /// plain text, else Prometheus' text format 0.0.4, which everyone reads.
  static ExpositionFormat accepted(String acceptHeader) {
    double openMetrics = 0;
    double text = 0;
    for (String range : acceptHeader.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).split(";", -1);
      String version = parameter(parts, "version", "1.0.0");
      double weight = weight(parameter(parts, "q", "1"));
      switch (parts[0].strip()) {
        case "application/openmetrics-text" -> {
          if (version.equals("1.0.0") || version.equals("0.0.1")) {
            openMetrics = Math.max(openMetrics, weight);
          }
        }
        case "text/plain", "text/*", "*/*" -> text = Math.max(text, weight);
        default -> {
          // Another type, such as protobuf, which we do not speak.
        }
      }
    }
    return openMetrics > 0 && openMetrics >= text ? OPEN_METRICS_TEXT : PROMETHEUS_TEXT;
  }

  private static String parameter(String[] parts, String name, String otherwise) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1).strip();
      }
    }
    return otherwise;
  }

  private static double weight(String text) {
    try {
      double weight = Double.parseDouble(text);
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private ExpositionFormatWriter writer() {
    return switch (this) {
      case PROMETHEUS_TEXT -> PrometheusTextFormatWriter.create();
      case OPEN_METRICS_TEXT -> OpenMetricsTextFormatWriter.create();
    };
  }

  String contentType() {
    return writer().getContentType();
  }

  /// Writes families, without the end of the text.
  void write(OutputStream out, MetricSnapshots families) throws IOException {
    var withoutEnd = new WithoutEnd(out, end());
    writer().write(withoutEnd, families, EscapingScheme.UNDERSCORE_ESCAPING);
    withoutEnd.finish();
  }

  private byte[] end() {
    return end.getBytes(StandardCharsets.US_ASCII);
  }

  /// Writes what stands at the end of the text.
  void writeEnd(OutputStream out) throws IOException {
    out.write(end());
  }
}
