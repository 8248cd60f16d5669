package io.github.proxmoxzfs.sim;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What changes at the nodes of the cluster while it is played: calls in work and statistics.
final class SimulatedNodes {
  private record Node(NodeQueue queue, NodeStatistics statistics) {}

  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /// What the cluster knows of its nodes now, by name.
  private final Map<String, ScenarioNode> members = new ConcurrentHashMap<>();

  private final SimulatorOptions options;

  SimulatedNodes(Scenario scenario, SimulatorOptions options) {
    this.options = options;
    var began = options.clock().instant();
    for (ScenarioNode node : scenario.nodes()) {
      var queue = new NodeQueue(options.timeout(), options.waiting());
      members.put(node.name(), node);
      nodes.put(node.name(), new Node(queue, new NodeStatistics(began)));
    }
  }

  /// A node as it is now.
  Optional<ScenarioNode> member(String node) {
    return Optional.ofNullable(members.get(node));
  }

  /// Changes a node that exists.
  void change(ScenarioNode node) {
    node(node.name());
    members.put(node.name(), node);
  }

  /// The queue of a node.
  ///
  /// @throws IllegalArgumentException if the scenario has no such node
  NodeQueue queue(String node) {
    return node(node).queue();
  }

  void hang(String node, Hang hang) {
    node(node).queue().hang(hang);
    if (hang.statistics()) {
      node(node).statistics().stop(now());
    }
  }

  void recover(String node) {
    node(node).queue().recover();
    node(node).statistics().resume();
  }

  void reboot(String node) {
    node(node).queue().reboot();
    node(node).statistics().reboot(now());
  }

  void forgetMaxima() {
    nodes.values().forEach(node -> node.queue().forgetMaximum());
  }

  void close() {
    nodes.values().forEach(node -> node.queue().close());
  }

  /// The body of `/nodes` with the numbers of now.
  String withStatistics(String body) {
    var answer = JsonText.members(body);
    var rows = JsonText.elements(answer.getOrDefault("data", "[]"));
    var current = rows.stream().map(this::current).toList();
    if (current.equals(rows)) {
      return body;
    }
    answer.put("data", JsonText.array(current));
    return JsonText.object(answer);
  }

  private String current(String row) {
    var members = JsonText.members(row);
    var name = JsonText.unquote(members.getOrDefault("node", "\"\""));
    return Optional.ofNullable(nodes.get(name))
        .map(node -> node.statistics().row(members, now()))
        .filter(changed -> !changed.equals(members))
        .map(JsonText::object)
        .orElse(row);
  }

  private Instant now() {
    return options.clock().instant();
  }

  private Node node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the scenario has no node '" + name + "'");
    }
    return node;
  }
}
