package io.github.proxmoxzfs.terminal;

import java.util.List;

/// Clusters as JSON, in the form that `docs/status.md` describes.
public final class StatusJson {
  private StatusJson() {}

  /// A JSON object, on one line.
  public static String of(List<ClusterStatus> statuses) {
    return "{}";
  }
}
