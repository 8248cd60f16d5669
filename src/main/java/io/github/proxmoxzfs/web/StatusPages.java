package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.page.ClusterPage;
import io.github.proxmoxzfs.page.Frame;
import io.github.proxmoxzfs.page.IndexPage;
import io.github.proxmoxzfs.status.ClusterStatus;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The pages for people, at `/`: the cluster, or where there are several an index, and each cluster
/// at `/?target=NAME`. They show the last collection of a whole cluster, whoever caused it, and ask
/// anew only when that is old, as a scrape would. The index asks nobody.
final class StatusPages {
  private static final Duration OLD = Duration.ofSeconds(60);

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          Frame.CONTENT_SECURITY_POLICY,
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  /// A collection, and when it ended, as of [System#nanoTime()]: clocks may be set.
  private record Seen(ClusterSnapshot snapshot, long nanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }

    Instant now() {
      return snapshot.collectedAt().plus(age());
    }
  }

  private final Map<String, Target> targets;
  private final Frame frame;
  private final Exchanges exchanges;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  StatusPages(ServerSettings settings, List<Target> targets, Exchanges exchanges) {
    this.targets = targets.stream().collect(Collectors.toUnmodifiableMap(Target::name, t -> t));
    this.frame =
        new Frame(
            settings.version(),
            settings.telemetryPath(),
            targets.stream().map(Target::name).toList());
    this.exchanges = exchanges;
  }

  /// A target whose collections of the whole cluster are kept, so that the page shows what scrapes
  /// have seen.
  Target watched(Target target) {
    return new Target(
        target.name(),
        target.timeout(),
        target.nodes(),
        target.collectors(),
        (scope, collectors, deadline) -> {
          ClusterSnapshot snapshot = target.source().collect(scope, collectors, deadline);
          if (scope instanceof Scope.WholeCluster && collectors.equals(target.collectors())) {
            seen.put(target.name(), new Seen(snapshot, System.nanoTime()));
          }
          return snapshot;
        },
        target.activity());
  }

  Response page(Request request) throws BadRequestException, TooManyRequestsException {
    // Other parameters, such as those that mail programs add to links, are for nobody.
    Optional<String> name =
        request.parameters().getOrDefault("target", List.of()).stream().findFirst();
    if (name.isEmpty() && frame.hasIndex()) {
      return index();
    }
    Target target =
        name.isEmpty()
            ? targets.values().iterator().next()
            : Optional.ofNullable(targets.get(name.get()))
                .orElseThrow(
                    () ->
                        new BadRequestException(
                            "The target "
                                + Quoted.of(name.get())
                                + " is not a configured cluster. Configured are: "
                                + Parameters.enumerated(targets.keySet())
                                + "."));
    if (request.headersOnly()) {
      return html(_ -> {});
    }
    Seen latest = latest(target);
    var status = status(target, latest);
    return html(
        out -> {
          var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          ClusterPage.write(status, latest.now(), frame, writer);
          writer.flush();
        });
  }

  private Response index() {
    var statuses = new HashMap<String, ClusterStatus>();
    Instant now = Instant.EPOCH;
    for (Target target : targets.values()) {
      Seen latest = seen.get(target.name());
      if (latest != null) {
        statuses.put(target.name(), status(target, latest));
        now = latest.now().isAfter(now) ? latest.now() : now;
      }
    }
    Instant made = now;
    return html(
        out -> {
          var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          IndexPage.write(statuses, made, frame, writer);
          writer.flush();
        });
  }

  private Seen latest(Target target) throws TooManyRequestsException {
    Seen last = seen.get(target.name());
    if (last != null && last.age().compareTo(OLD) < 0) {
      return last;
    }
    try {
      exchanges.asking(target.name());
    } catch (TooManyRequestsException refused) {
      if (last != null) {
        return last;
      }
      throw refused;
    }
    ClusterSnapshot snapshot =
        target
            .source()
            .collect(
                new Scope.WholeCluster(), target.collectors(), Deadline.after(target.timeout()));
    var now = new Seen(snapshot, System.nanoTime());
    seen.put(target.name(), now);
    return now;
  }

  private static ClusterStatus status(Target target, Seen latest) {
    return new ClusterStatus(
        target.name(),
        latest.snapshot(),
        target.activity().get(),
        latest.snapshot().locations(),
        _ -> true);
  }

  private static Response html(Response.Content page) {
    return new Response(200, "text/html; charset=utf-8", HEADERS, new Response.Body.Large(page));
  }
}
