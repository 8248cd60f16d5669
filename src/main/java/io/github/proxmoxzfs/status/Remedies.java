package io.github.proxmoxzfs.status;

import io.github.proxmoxzfs.domain.FailureReason;
import io.github.proxmoxzfs.domain.PrivilegeAdvice;
import java.util.List;
import java.util.regex.Pattern;

/// What mends a failure of a source: commands for a node, lines for the configuration.
public final class Remedies {
  /// A name that means nothing to a shell, into which the line may be pasted.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*");

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

  /// The same of a pool. What zpool says when it fails, Proxmox passes on to nobody.
  public static List<String> ofPool(FailureReason reason, String pool, String credential) {
    if (reason != FailureReason.API_ERROR) {
      return of(reason, credential);
    }
    String command = "zpool status -P" + (PLAIN.matcher(pool).matches() ? " " + pool : "");
    return List.of(command + "   # on that node: what does it say?");
  }
}
