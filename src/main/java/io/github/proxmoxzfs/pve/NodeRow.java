package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.NodeEntry;
import java.util.Optional;

/// A row of `/nodes`.
///
/// @param entry the node and the cluster's view of it
/// @param pulse its statistics; empty where the cluster has none
record NodeRow(NodeEntry entry, Optional<Pulse> pulse) {}
