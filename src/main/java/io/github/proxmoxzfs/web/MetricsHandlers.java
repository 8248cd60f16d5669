package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `/metrics`: the process's own metrics, and those of the cluster where there is but one.
/// `/probe?target=NAME`: those of the cluster NAME.
final class MetricsHandlers {
  private final Map<String, Target> targets;
  private final ProcessMetrics process;

  MetricsHandlers(List<Target> targets, ProcessMetrics process) {
    this.targets = targets.stream().collect(Collectors.toUnmodifiableMap(Target::name, t -> t));
    this.process = process;
  }

  Response metrics(Request request) throws BadRequestException {
    var families = new ArrayList<MetricSnapshot>();
    if (targets.size() == 1) {
      collect(targets.values().iterator().next(), request).forEach(families::add);
    }
    process.families().forEach(families::add);
    return exposition(request, new MetricSnapshots(families));
  }

  Response probe(Request request) throws BadRequestException {
    return exposition(request, collect(target(request), request));
  }

  private Target target(Request request) throws BadRequestException {
    List<String> names = request.parameters().getOrDefault("target", List.of());
    if (names.size() != 1) {
      throw new BadRequestException(
          "Give one parameter target: /probe?target=NAME with the name of a configured cluster: "
              + known());
    }
    Target target = targets.get(names.getFirst());
    if (target == null) {
      throw new BadRequestException(
          "The target is not a configured cluster. Configured are: " + known());
    }
    return target;
  }

  private String known() {
    return targets.keySet().stream().sorted().collect(Collectors.joining(", "));
  }

  private static MetricSnapshots collect(Target target, Request request)
      throws BadRequestException {
    Duration timeout =
        ScrapeTimeout.of(request.header().apply(ScrapeTimeout.HEADER), target.timeout());
    if (request.headersOnly()) {
      return new MetricSnapshots();
    }
    ClusterSnapshot snapshot = target.collect().apply(Deadline.after(timeout));
    return ClusterMetrics.of(snapshot, target.collectors()).families();
  }

  private static Response exposition(Request request, MetricSnapshots families) {
    var format = ExpositionFormat.accepted(request.header().apply("Accept").orElse(""));
    return new Response(200, format.contentType(), Map.of(), out -> format.write(out, families));
  }
}
