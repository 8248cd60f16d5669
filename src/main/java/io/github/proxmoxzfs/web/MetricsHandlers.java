package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.Exposition;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// `/metrics`: the process's own metrics, and those of the cluster where there is but one.
/// `/probe?target=NAME`: those of the cluster NAME.
final class MetricsHandlers {
  private static final System.Logger LOG = System.getLogger(MetricsHandlers.class.getName());

  private final Map<String, Set<String>> duplicates = new ConcurrentHashMap<>();
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

  private MetricSnapshots collect(Target target, Request request) throws BadRequestException {
    Duration timeout =
        ScrapeTimeout.of(request.header().apply(ScrapeTimeout.HEADER), target.timeout());
    if (request.headersOnly()) {
      return new MetricSnapshots();
    }
    ClusterSnapshot snapshot = target.collect().apply(Deadline.after(timeout));
    Exposition exposition = ClusterMetrics.of(snapshot, target.collectors());
    logDuplicates(target.name(), exposition.droppedDuplicates());
    return exposition.families();
  }

  /// Logs dropped series when they change, not on each scrape.
  private void logDuplicates(String target, Set<String> dropped) {
    Set<String> before = duplicates.put(target, dropped);
    if (!dropped.isEmpty() && !dropped.equals(before)) {
      LOG.log(
          Level.WARNING,
          "Series of the same labels were dropped.",
          "cluster",
          target,
          "series",
          String.join(" ", new TreeSet<>(dropped)));
    }
  }

  private static Response exposition(Request request, MetricSnapshots families) {
    var format = ExpositionFormat.accepted(request.header().apply("Accept").orElse(""));
    return new Response(200, format.contentType(), Map.of(), out -> format.write(out, families));
  }
}
