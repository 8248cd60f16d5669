package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

/// Which part of a cluster a collection is about. Everything belongs to exactly one node or to the
/// cluster itself, so that the parts together are the whole.
public sealed interface Scope {
  /// All of it: the nodes and the cluster itself.
  record WholeCluster() implements Scope {}

  /// What belongs to one node.
  ///
  /// @param node the node's name; the cluster need not have such a node
  record OneNode(String node) implements Scope {
    public OneNode {
      requireNonNull(node, "node is null");
    }
  }

  /// What belongs to the cluster and to none of its nodes.
  record ClusterItself() implements Scope {}

  /// Whether what belongs to this node is a part of it.
  default boolean includesNode(String node) {
    return switch (this) {
      case WholeCluster _ -> true;
      case OneNode(String one) -> one.equals(node);
      case ClusterItself _ -> false;
    };
  }

  /// Whether what belongs to no node is a part of it.
  default boolean includesCluster() {
    return switch (this) {
      case WholeCluster _, ClusterItself _ -> true;
      case OneNode _ -> false;
    };
  }
}
