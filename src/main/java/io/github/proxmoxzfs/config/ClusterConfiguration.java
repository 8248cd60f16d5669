package io.github.proxmoxzfs.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is configured about one cluster.
///
/// @param name the cluster's name, unique: the `target` of /probe and of the metrics about us
/// @param endpoints where its API is reached, at least one: `https://HOST:PORT`, without a path
/// @param credential how it lets us in
/// @param trust which certificates are accepted
/// @param serverName the name to look for in the certificate, where it is not the endpoint's
/// @param timeout a cap for one collection, whatever the scrape allows
/// @param timezone the nodes' zone, only for a node whose own cannot be had
/// @param nodes which nodes are asked
/// @param requests how many requests may be under way
/// @param collectors which collectors are on
/// @param smart when disks are asked for SMART
/// @param forgetAfter how long a vanished pool is reported as missing
/// @param locations where a disk sits, by its serial number
public record ClusterConfiguration(
    String name,
    List<URI> endpoints,
    Credential credential,
    Trust trust,
    Optional<String> serverName,
    Duration timeout,
    Optional<ZoneId> timezone,
    NodeFilter nodes,
    Requests requests,
    Set<Collector> collectors,
    Smart smart,
    Duration forgetAfter,
    Map<String, String> locations) {
  public ClusterConfiguration {
    requireNonNull(name, "name is null");
    endpoints = List.copyOf(endpoints);
    requireNonNull(credential, "credential is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(serverName, "serverName is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(timezone, "timezone is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(requests, "requests is null");
    collectors = inOrder(collectors);
    requireNonNull(smart, "smart is null");
    requireNonNull(forgetAfter, "forgetAfter is null");
    locations = Collections.unmodifiableMap(new LinkedHashMap<>(locations));
  }

  /// A cluster of which only what has no default is given.
  public static ClusterConfiguration of(
      String name, List<URI> endpoints, Credential credential, Trust trust) {
    var defaults = Draft.Settings.DEFAULTS;
    return new ClusterConfiguration(
        name,
        endpoints,
        credential,
        trust,
        defaults.serverName(),
        defaults.timeout(),
        defaults.timezone(),
        defaults.nodes(),
        defaults.requests(),
        defaults.collectors(),
        defaults.smart(),
        defaults.forgetAfter(),
        defaults.locations());
  }

  /// This cluster with some collectors switched.
  ClusterConfiguration withCollectors(Map<Collector, Boolean> switches) {
    var switched = inOrderModifiable(collectors);
    switches.forEach(
        (collector, on) -> {
          if (on) {
            switched.add(collector);
          } else {
            switched.remove(collector);
          }
        });
    return new ClusterConfiguration(
        name,
        endpoints,
        credential,
        trust,
        serverName,
        timeout,
        timezone,
        nodes,
        requests,
        switched,
        smart,
        forgetAfter,
        locations);
  }

  /// This cluster with other limits of requests.
  public ClusterConfiguration withRequests(Requests others) {
    return new ClusterConfiguration(
        name,
        endpoints,
        credential,
        trust,
        serverName,
        timeout,
        timezone,
        nodes,
        others,
        collectors,
        smart,
        forgetAfter,
        locations);
  }

  private static Set<Collector> inOrder(Set<Collector> collectors) {
    return Collections.unmodifiableSet(inOrderModifiable(collectors));
  }

  private static EnumSet<Collector> inOrderModifiable(Set<Collector> collectors) {
    var copy = EnumSet.noneOf(Collector.class);
    copy.addAll(collectors);
    return copy;
  }
}
