package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.ApiActivity;
import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.metrics.AnswerCounts;
import io.github.proxmoxzfs.metrics.ApiMetrics;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import io.github.proxmoxzfs.metrics.ProcessMetrics;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
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
  private final FamilyTexts texts = new FamilyTexts();
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
      Telling cluster = collect(question, request);
      return exposition(request, cluster, () -> own(configured));
    }
    if (!request.parameters().isEmpty()) {
      throw new BadRequestException(
          telemetryPath
              + " takes no parameters: it tells of the exporter alone, since several clusters are"
              + " configured. Each cluster's metrics are at /probe?target=NAME.");
    }
    return exposition(request, texts::none, () -> own(configured));
  }

  Response probe(Request request) throws BadRequestException, TooManyRequestsException {
    Telling cluster = collect(Question.ofProbe(request, request.configured().targets()), request);
    return exposition(request, cluster, MetricSnapshots::new);
  }

  private MetricSnapshots own(Configured configured) {
    var families = new ArrayList<MetricSnapshot>();
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

  /// Makes texts of what a cluster said.
  @FunctionalInterface
  private interface Telling {
    FamilyTexts.Answer in(ExpositionFormat format) throws IOException;
  }

  /// Asks the cluster now, and makes metrics of what it says when they are wanted.
  private Telling collect(Question question, Request request)
      throws BadRequestException, TooManyRequestsException {
    Target target = question.target();
    Duration timeout =
        ScrapeTimeout.of(request.header().apply(ScrapeTimeout.HEADER), target.timeout());
    if (request.headersOnly()) {
      return texts::none;
    }
    exchanges.asking(target.name());
    ClusterSnapshot snapshot =
        target.source().collect(question.scope(), question.collectors(), Deadline.after(timeout));
    collections.add(target, question.scope(), question.collectors(), snapshot);
    return format -> tell(question, snapshot, format);
  }

  private FamilyTexts.Answer tell(
      Question question, ClusterSnapshot snapshot, ExpositionFormat format) throws IOException {
    Set<String> collectors =
        question.collectors().stream().map(Collector::label).collect(Collectors.toSet());
    String target = question.target().name();
    FamilyTexts.Answer answer =
        texts.of(
            FamilyTexts.Key.of(question, format),
            ClusterMetrics.of(snapshot, collectors, question.scope()));
    counts.add(target, snapshot, answer.droppedDuplicates().size());
    logDuplicates(target, answer.droppedDuplicates());
    return answer;
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

  /// @param own what is told beside the cluster; asked for after the cluster was told, since it
  ///   counts what was odd about that
  private static Response exposition(
      Request request, Telling cluster, Supplier<MetricSnapshots> own) {
    var format = ExpositionFormat.accepted(request.header().apply("Accept").orElse(""));
    return new Response(
        200,
        format.contentType(),
        Map.of(),
        new Response.Body.Large(() -> cluster.in(format).with(own.get())));
  }
}
