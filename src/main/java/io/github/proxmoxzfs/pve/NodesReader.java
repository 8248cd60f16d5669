package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.NodeEntry;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the answer of `/nodes`.
final class NodesReader {
  /// What Proxmox takes for a node's name (pve-common `PVE/JSONSchema.pm`, format `pve-node`).
  /// Names end up in paths and labels, so nothing else is believed to be one.
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?");

  private NodesReader() {}

  /// The nodes, by name. A row that cannot be a node is left out and reported as an oddity, so that
  /// it does not cost the others.
  static List<NodeRow> read(JsonValue data, Consumer<String> oddities) throws MalformedException {
    if (!(data instanceof JsonArray rows)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of nodes");
    }
    Map<String, NodeRow> nodes = new TreeMap<>();
    for (JsonValue row : rows.elements()) {
      Optional<NodeRow> node = row instanceof JsonObject object ? entry(object) : Optional.empty();
      node.ifPresentOrElse(
          found -> nodes.putIfAbsent(found.entry().name(), found),
          () -> oddities.accept("The list of nodes has a row that names no node."));
    }
    if (nodes.isEmpty() && !rows.elements().isEmpty()) {
      throw new MalformedException("no row names a node");
    }
    return List.copyOf(nodes.values());
  }

  private static Optional<NodeRow> entry(JsonObject row) {
    return row.get("node")
        .asText()
        .filter(name -> NAME.matcher(name).matches())
        .map(
            name ->
                new NodeRow(
                    new NodeEntry(name, status(row.get("status").asText().orElse(""))),
                    pulse(row)));
  }

  /// A node without statistics has none of these fields.
  private static Optional<Pulse> pulse(JsonObject row) {
    if (row.get("uptime").asText().isEmpty()) {
      return Optional.empty();
    }
    List<String> numbers =
        Stream.of("uptime", "cpu", "mem", "disk")
            .map(field -> row.get(field).asText().orElse(""))
            .toList();
    return Optional.of(new Pulse(row.get("uptime").asWholeNumber(), numbers));
  }

  /// A word that we do not know is taken for `unknown`: the node is asked, and shows what it can.
  private static NodeEntry.Status status(String word) {
    return switch (word) {
      case "online" -> NodeEntry.Status.ONLINE;
      case "offline" -> NodeEntry.Status.OFFLINE;
      default -> NodeEntry.Status.UNKNOWN;
    };
  }
}
