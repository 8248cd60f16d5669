package io.github.proxmoxzfs.web;

import io.github.proxmoxzfs.config.Collector;
import io.github.proxmoxzfs.domain.Scope;
import io.github.proxmoxzfs.metrics.ClusterMetrics;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a request wants to know of a cluster.
///
/// @param target the cluster
/// @param scope which part of it
/// @param collectors whose metrics, of the collectors that are on
record Question(Target target, Scope scope, Set<Collector> collectors) {
  private static final String COLLECT = "collect[]";

  /// What Proxmox takes for a node's name (pve-common `PVE/JSONSchema.pm`, format `pve-node`); as a
  /// part of a host name it has 63 characters at most.
  private static final Pattern NODE =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

  /// Reads a request for `/probe`.
  ///
  /// @throws BadRequestException if its parameters do not say what it wants to know
  static Question ofProbe(Request request, Map<String, Target> targets) throws BadRequestException {
    var parameters = Parameters.of(request, "/probe", List.of("target", "node", "scope", COLLECT));
    Target target = target(parameters, targets);
    return new Question(target, scope(parameters, target), collectors(parameters, target));
  }

  /// Reads a request for the metrics of the only cluster.
  ///
  /// @throws BadRequestException if its parameters do not say what it wants to know
  static Question ofMetrics(Request request, String path, Target target)
      throws BadRequestException {
    var parameters = Parameters.of(request, path, List.of(COLLECT));
    return new Question(target, new Scope.WholeCluster(), collectors(parameters, target));
  }

  /// The target that a request names.
  ///
  /// @throws BadRequestException if it names none that is configured
  static Target target(Parameters parameters, Map<String, Target> targets)
      throws BadRequestException {
    String known = "Configured are: " + Parameters.enumerated(targets.keySet()) + ".";
    String name =
        parameters
            .once("target")
            .orElseThrow(
                () ->
                    new BadRequestException(
                        "Give the name of a configured cluster: target=NAME. " + known));
    return Optional.ofNullable(targets.get(name))
        .orElseThrow(
            () ->
                new BadRequestException(
                    "The target " + Quoted.of(name) + " is not a configured cluster. " + known));
  }

  private static Scope scope(Parameters parameters, Target target) throws BadRequestException {
    Optional<String> node = parameters.once("node");
    Optional<String> scope = parameters.once("scope");
    if (node.isPresent() && scope.isPresent()) {
      throw new BadRequestException(
          "Give node or scope, not both: scope=cluster is what belongs to no node.");
    }
    if (scope.isPresent() && !scope.get().equals("cluster")) {
      throw new BadRequestException(
          "There is no scope " + Quoted.of(scope.get()) + ". There is: cluster.");
    }
    if (scope.isPresent()) {
      return new Scope.ClusterItself();
    }
    return node.isPresent() ? oneNode(node.get(), target) : new Scope.WholeCluster();
  }

  /// Whether a node can be called so.
  static boolean isNode(String name) {
    return NODE.matcher(name).matches();
  }

  private static Scope oneNode(String name, Target target) throws BadRequestException {
    if (!isNode(name)) {
      throw new BadRequestException(
          "A node cannot be called " + Quoted.of(name) + ": a name is of letters, digits and '-'.");
    }
    if (!target.nodes().includes(name)) {
      throw new BadRequestException(
          "The configuration leaves out the node " + Quoted.of(name) + ".");
    }
    return new Scope.OneNode(name);
  }

  private static Set<Collector> collectors(Parameters parameters, Target target)
      throws BadRequestException {
    Set<String> on =
        target.collectors().stream()
            .map(Collector::label)
            .filter(ClusterMetrics.collectors()::contains)
            .collect(Collectors.toSet());
    Set<String> wanted = parameters.each(COLLECT);
    var collectors = EnumSet.noneOf(Collector.class);
    for (String name : wanted) {
      if (!on.contains(name)) {
        throw new BadRequestException(
            (ClusterMetrics.collectors().contains(name)
                    ? "The collector " + Quoted.of(name) + " is switched off."
                    : "There is no collector " + Quoted.of(name) + ".")
                + " On are: "
                + (on.isEmpty() ? "none" : Parameters.enumerated(on))
                + ".");
      }
      Collector.of(name).ifPresent(collectors::add);
    }
    return wanted.isEmpty() ? target.collectors() : Set.copyOf(collectors);
  }
}
