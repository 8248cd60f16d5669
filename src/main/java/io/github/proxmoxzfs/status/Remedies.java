package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import java.util.List;

/// What mends a failure of a source: commands for a node, lines for the configuration.
public final class Remedies {
  private Remedies() {}

  /// What mends it; empty where that depends on what is found.
  ///
  /// @param credential `user@realm`, or `user@realm!token`
  public static List<String> of(FailureReason reason, String credential) {
    return switch (reason) {
      case FORBIDDEN -> List.of(PrivilegeAdvice.grant(credential));
      case STUCK, TIMED_OUT -> List.of("zpool status   # on that node: does it hang?");
      case NODE_UNREACHABLE ->
          List.of("systemctl status pveproxy pvedaemon   # on that node, if it is up");
      case ZFS_NOT_INSTALLED -> List.of("nodes: {exclude: [NODE]}   # if it has no ZFS");
      case NODE_OFFLINE -> List.of("pvecm status   # on another node");
      case ZONE_UNKNOWN -> List.of("timezone: Europe/Berlin   # the zone of the cluster's nodes");
      case NOT_ASKED,
          UNREACHABLE,
          TLS,
          UNAUTHORIZED,
          NODE_NOT_LISTED,
          API_ERROR,
          MALFORMED,
          UNSUPPORTED_NAME,
          INTERNAL ->
          List.of();
    };
  }
}
