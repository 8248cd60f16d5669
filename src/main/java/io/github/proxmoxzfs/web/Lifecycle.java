package io.github.proxmoxzfs.web;

import java.util.List;

/// What an operator may have done: read the configuration again (`/-/reload`, as Prometheus has it)
/// and forget a pool that is gone for good (`/-/forget`). Off unless `--web.enable-lifecycle` is
/// given.
final class Lifecycle {
  private static final List<String> FORGET = List.of("target", "node", "pool");

  private final boolean enabled;
  private final Configured.Source source;

  Lifecycle(boolean enabled, Configured.Source source) {
    this.enabled = enabled;
    this.source = source;
  }

  Response reload(Request request) throws BadRequestException {
    if (!mayBeDone(request)) {
      return refusal();
    }
    Parameters.of(request, "/-/reload", List.of());
    List<String> mistakes = source.reload();
    return mistakes.isEmpty()
        ? Response.plain(200, "Reloaded.")
        : Response.plain(
            500,
            "The configuration is refused, the one before stays in force:\n"
                + String.join("\n", mistakes));
  }

  Response forget(Request request) throws BadRequestException {
    if (!mayBeDone(request)) {
      return refusal();
    }
    var parameters = Parameters.of(request, "/-/forget", FORGET);
    Target target = Question.target(parameters, request.configured().targets());
    String node = needed(parameters, "node");
    String pool = needed(parameters, "pool");
    if (target.source().forget(node, pool)) {
      return Response.plain(200, "Forgotten.");
    }
    return Response.plain(
        404,
        "No pool "
            + Quoted.of(pool)
            + " of a node "
            + Quoted.of(node)
            + " is remembered of this cluster.");
  }

  private static String needed(Parameters parameters, String name) throws BadRequestException {
    return parameters
        .once(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new BadRequestException(
                    "Give " + name + ": /-/forget?target=CLUSTER&node=NODE&pool=POOL."));
  }

  /// Whether it is enabled, and no page of another site had a browser ask for it: browsers send
  /// passwords along that they know. They say which site's page asked (Fetch Metadata) over TLS and
  /// to this machine itself only; over plain HTTP what tells is `Origin`, which each POST of a page
  /// has and no page of ours sends.
  private boolean mayBeDone(Request request) {
    return enabled
        && request
            .header()
            .apply("Sec-Fetch-Site")
            .map(site -> site.equals("none") || site.equals("same-origin"))
            .orElseGet(() -> request.header().apply("Origin").isEmpty());
  }

  private Response refusal() {
    return Response.plain(
        403,
        enabled
            ? "Other sites' pages may not ask for this."
            : "Lifecycle API is not enabled: --web.enable-lifecycle does that.");
  }
}
