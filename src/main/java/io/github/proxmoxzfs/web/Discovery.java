package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.domain.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/// `/sd`: the targets of `/probe`, for Prometheus' `http_sd_configs`: each cluster, or with
/// `?per=node` each node, and each cluster for what belongs to none of its nodes.
///
/// The list never fails: Prometheus would go on with the last one, but would have none after its
/// own start. A cluster that does not answer is there, with the nodes that are remembered.
final class Discovery {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");

  private final Paths paths;
  private final boolean tls;
  private final Exchanges exchanges;

  /// @param tls whether we speak it
  Discovery(Paths paths, boolean tls, Exchanges exchanges) {
    this.paths = paths;
    this.tls = tls;
    this.exchanges = exchanges;
  }

  Response targets(Request request) throws BadRequestException, TooManyRequestsException {
    var parameters = Parameters.of(request, "/sd", List.of("per"));
    Optional<String> per = parameters.once("per");
    if (per.isPresent() && !per.get().equals("node")) {
      throw new BadRequestException(
          "There is no per=" + Quoted.of(per.get()) + ". There is: per=node.");
    }
    Map<String, String> common = common();
    String address = address(request);
    var groups = new ArrayList<String>();
    for (Map.Entry<String, List<Map<String, String>>> cluster :
        labels(request, per.isPresent()).entrySet()) {
      for (Map<String, String> labels : cluster.getValue()) {
        var all = new LinkedHashMap<>(common);
        all.put("__param_target", cluster.getKey());
        all.put("__meta_proxmox_cluster", cluster.getKey());
        all.put("cluster", cluster.getKey());
        all.putAll(labels);
        groups.add(
            "{\"targets\":[%s],\"labels\":%s}"
                .formatted(JsonText.quoted(address), JsonText.object(all)));
      }
    }
    return Response.json("[" + String.join(",\n", groups) + "]\n");
  }

  /// What is to be asked, by cluster, as labels.
  private Map<String, List<Map<String, String>>> labels(Request request, boolean perNode)
      throws TooManyRequestsException {
    var labels = new LinkedHashMap<String, List<Map<String, String>>>();
    var nodes = new LinkedHashMap<String, FutureTask<SortedSet<String>>>();
    if (perNode && !request.headersOnly()) {
      exchanges.asking("");
      Deadline deadline = Deadline.after(PATIENCE);
      request
          .configured()
          .targets()
          .forEach(
              (name, target) -> {
                var asking = new FutureTask<>(() -> target.source().nodes(deadline));
                Thread.ofVirtual().name("nodes-of-" + name).start(asking);
                nodes.put(name, asking);
              });
    }
    for (String cluster : request.configured().targets().keySet()) {
      var ofCluster = new ArrayList<Map<String, String>>();
      var whole = new LinkedHashMap<String, String>();
      whole.put("instance", cluster);
      if (perNode) {
        whole.put("__param_scope", "cluster");
      }
      ofCluster.add(whole);
      Optional.ofNullable(nodes.get(cluster))
          .ifPresent(asking -> names(asking).forEach(node -> ofCluster.add(node(node, cluster))));
      labels.put(cluster, ofCluster);
    }
    return labels;
  }

  /// An `instance` of its own for each node, also where several clusters have nodes of one name. No
  /// node's name has a dot.
  private static Map<String, String> node(String node, String cluster) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("__param_node", node);
    labels.put("__meta_proxmox_node", node);
    labels.put("instance", node + "." + cluster);
    return labels;
  }

  private static List<String> names(FutureTask<SortedSet<String>> asking) {
    try {
      return asking.get().stream().filter(Question::isNode).toList();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("the nodes could not be told", failure.getCause());
    }
  }

  private Map<String, String> common() {
    var labels = new LinkedHashMap<String, String>();
    labels.put(
        "__scheme__", paths.externalUrl().map(URI::getScheme).orElse(tls ? "https" : "http"));
    labels.put("__metrics_path__", paths.external("/probe"));
    return labels;
  }

  /// Where we are reached: at the external URL if there is one, else where this request reached us.
  private String address(Request request) throws BadRequestException {
    String host =
        paths
            .externalUrl()
            .map(URI::getRawAuthority)
            .or(() -> request.header().apply("Host"))
            .orElse("");
    var matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      throw new BadRequestException(
          "The header Host does not say where the exporter is reached: --web.external-url can.");
    }
    if (matcher.group(2) != null) {
      return host;
    }
    String scheme = common().getOrDefault("__scheme__", "http");
    return host + (scheme.equals("https") ? ":443" : ":80");
  }
}
