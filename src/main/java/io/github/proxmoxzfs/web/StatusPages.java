package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.ClusterSnapshot;
import io.github.proxmoxzfs.domain.Deadline;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.page.ClusterPage;
import io.github.proxmoxzfs.page.Frame;
import io.github.proxmoxzfs.page.IndexPage;
import io.github.proxmoxzfs.status.ClusterStatus;
import io.github.proxmoxzfs.web.LastCollections.Seen;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages for people, at `/`: the cluster, or where there are several an index, and each cluster
/// at `/?target=NAME`. They show the last collection of a whole cluster, whoever caused it, and ask
/// anew only when that is old, as a scrape would. The index asks nobody.
final class StatusPages {
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          Frame.CONTENT_SECURITY_POLICY,
          "Referrer-Policy",
          "no-referrer",
          "Cache-Control",
          "no-store");

  private final ServerSettings settings;
  private final Exchanges exchanges;
  private final LastCollections collections;

  StatusPages(ServerSettings settings, Exchanges exchanges, LastCollections collections) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.collections = collections;
  }

  Response page(Request request) throws BadRequestException, TooManyRequestsException {
    // Other parameters, such as those that mail programs add to links, are for nobody.
    Optional<String> name =
        request.parameters().getOrDefault("target", List.of()).stream().findFirst();
    Map<String, Target> targets = request.configured().targets();
    var frame =
        new Frame(settings.version(), settings.telemetryPath(), List.copyOf(targets.keySet()));
    if (name.isEmpty() && frame.hasIndex()) {
      return index(targets.values(), frame);
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

  private Response index(Collection<Target> targets, Frame frame) {
    var statuses = new HashMap<String, ClusterStatus>();
    Instant now = Instant.EPOCH;
    for (Target target : targets) {
      Optional<Seen> last = collections.of(target);
      if (last.isPresent()) {
        Seen latest = last.get();
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
    Optional<Seen> last = collections.of(target);
    if (last.isPresent() && !last.get().isOld(System.nanoTime())) {
      return last.get();
    }
    try {
      exchanges.asking(target.name());
    } catch (TooManyRequestsException refused) {
      return last.orElseThrow(() -> refused);
    }
    ClusterSnapshot snapshot =
        target
            .source()
            .collect(
                new Scope.WholeCluster(), target.collectors(), Deadline.after(target.timeout()));
    collections.add(target, new Scope.WholeCluster(), target.collectors(), snapshot);
    return collections.of(target).orElseThrow();
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
    return new Response(
        200,
        "text/html; charset=utf-8",
        HEADERS,
        new Response.Body.Large(() -> Compressed.of(page)));
  }
}
