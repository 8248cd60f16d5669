package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.metrics.AnswerCounts;
import io.github.proxmoxzfs.metrics.ApiMetrics;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.Exposition;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `/metrics`: the process's own metrics, and those of the cluster where there is but one.
/// `/probe`: those of a cluster, of one of its nodes, or of what belongs to none of them; never the
/// process's own, which would be there once for each cluster.
final class MetricsHandlers {
  private static final System.Logger LOG = System.getLogger(MetricsHandlers.class.getName());

  /// Whoever makes up more odd series than this is worth no more lines.
  private static final int MOST_KNOWN = 1000;

  private final Map<String, Set<String>> duplicates = new ConcurrentHashMap<>();
  private final String telemetryPath;
  private final ProcessMetrics process;
  private final AnswerCounts counts = new AnswerCounts();
  private final Exchanges exchanges;
  private final Protection protection;
  private final LastCollections collections;

  MetricsHandlers(
      String telemetryPath,
      ProcessMetrics process,
      Exchanges exchanges,
      Protection protection,
      LastCollections collections) {
    this.collections = collections;
    this.telemetryPath = telemetryPath;
    this.process = process;
    this.exchanges = exchanges;
    this.protection = protection;
  }

  Response metrics(Request request) throws BadRequestException, TooManyRequestsException {
    Configured configured = request.configured();
    Map<String, Target> targets = configured.targets();
    if (targets.size() == 1) {
      var question = Question.ofMetrics(request, telemetryPath, targets.values().iterator().next());
      Supplier<MetricSnapshots> cluster = collect(question, request);
      return exposition(request, () -> withOwn(configured, cluster.get()));
    }
    if (!request.parameters().isEmpty()) {
      throw new BadRequestException(
          telemetryPath
              + " takes no parameters: it tells of the exporter alone, since several clusters are"
              + " configured. Each cluster's metrics are at /probe?target=NAME.");
    }
    return exposition(request, () -> withOwn(configured, new MetricSnapshots()));
  }

  Response probe(Request request) throws BadRequestException, TooManyRequestsException {
    return exposition(
        request, collect(Question.ofProbe(request, request.configured().targets()), request));
  }

  private MetricSnapshots withOwn(Configured configured, MetricSnapshots cluster) {
    var families = new ArrayList<MetricSnapshot>();
    cluster.forEach(families::add);
    process
        .families(configured.lastReadGood() && protection.lastReadWasGood(), configured.readAt())
        .forEach(families::add);
    families.addAll(counts.families(configured.targets().keySet()));
    families.addAll(ApiMetrics.of(activities(configured.targets())));
    return new MetricSnapshots(families);
  }

  private Map<String, ApiActivity> activities(Map<String, Target> targets) {
    var activities = new TreeMap<String, ApiActivity>();
    targets.forEach((name, target) -> activities.put(name, target.activity().get()));
    return activities;
  }

  /// Asks the cluster now, and makes metrics of what it says when they are wanted.
  private Supplier<MetricSnapshots> collect(Question question, Request request)
      throws BadRequestException, TooManyRequestsException {
    Target target = question.target();
    Duration timeout =
        ScrapeTimeout.of(request.header().apply(ScrapeTimeout.HEADER), target.timeout());
    if (request.headersOnly()) {
      return MetricSnapshots::new;
    }
    exchanges.asking(target.name());
    ClusterSnapshot snapshot =
        target.source().collect(question.scope(), question.collectors(), Deadline.after(timeout));
    collections.add(target, question.scope(), question.collectors(), snapshot);
    return () -> families(question, snapshot);
  }

  private MetricSnapshots families(Question question, ClusterSnapshot snapshot) {
    Set<String> collectors =
        question.collectors().stream().map(Collector::label).collect(Collectors.toSet());
    Exposition exposition = ClusterMetrics.of(snapshot, collectors, question.scope());
    counts.add(question.target().name(), snapshot, exposition);
    logDuplicates(question.target().name(), exposition.droppedDuplicates());
    return exposition.families();
  }

  /// Logs each dropped series once. A scrape of a part of a cluster says nothing of the rest, so
  /// that what it does not show may yet be there.
  private void logDuplicates(String target, Set<String> dropped) {
    if (dropped.isEmpty()) {
      return;
    }
    Set<String> known = duplicates.computeIfAbsent(target, _ -> ConcurrentHashMap.newKeySet());
    var added = new HashSet<>(dropped);
    added.removeIf(series -> known.size() >= MOST_KNOWN || !known.add(series));
    if (!added.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Series of the same labels were dropped.",
          "cluster",
          target,
          "series",
          String.join(" ", new TreeSet<>(added)));
    }
  }

  private static Response exposition(Request request, Supplier<MetricSnapshots> families) {
    var format = ExpositionFormat.accepted(request.header().apply("Accept").orElse(""));
    return new Response(
        200,
        format.contentType(),
        Map.of(),
        new Response.Body.Large(out -> format.write(out, families.get())));
  }
}
