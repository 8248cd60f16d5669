package io.github.proxmoxzfs.sim;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The paths that the simulator knows more of than their recorded answers: who serves them, what
/// they need, and what they answer where nothing was recorded.
enum Endpoint {
  TICKET("/access/ticket", Server.PVEDAEMON, Need.LOGIN, ""),
  PERMISSIONS("/access/permissions", Server.PVEPROXY, Need.LOGIN, ""),
  VERSION(
      "/version",
      Server.PVEPROXY,
      Need.LOGIN,
      "{\"data\":{\"version\":\"9.2.11\",\"release\":\"9.2\",\"repoid\":\"14a22df35955d97d\"}}"),
  NODES("/nodes", Server.PVEPROXY, Need.LOGIN, ""),
  STORAGE("/storage", Server.PVEPROXY, Need.LOGIN, Endpoint.EMPTY),
  CLUSTER_STATUS("/cluster/status", Server.PVEDAEMON, Need.AUDIT_ALL, Endpoint.EMPTY),
  CLUSTER_RESOURCES("/cluster/resources", Server.PVEPROXY, Need.LOGIN, Endpoint.EMPTY),
  CLUSTER_REPLICATION("/cluster/replication", Server.PVEPROXY, Need.LOGIN, Endpoint.EMPTY),
  POOLS("/nodes/([^/]+)/disks/zfs", Server.PVEDAEMON, Need.AUDIT_ALL, Endpoint.EMPTY),
  POOL("/nodes/([^/]+)/disks/zfs/([^/ ]+)", Server.PVEDAEMON, Need.AUDIT_ALL, ""),
  DISKS("/nodes/([^/]+)/disks/list", Server.PVEDAEMON, Need.AUDIT_ALL_OR_NODE, Endpoint.EMPTY),
  SMART("/nodes/([^/]+)/disks/smart", Server.PVEDAEMON, Need.AUDIT_ALL, ""),
  NODE_TIME("/nodes/([^/]+)/time", Server.PVEPROXY, Need.AUDIT_NODE, ""),
  NODE_STATUS("/nodes/([^/]+)/status", Server.PVEPROXY, Need.AUDIT_NODE, ""),
  NODE_STORAGE("/nodes/([^/]+)/storage", Server.PVEDAEMON, Need.LOGIN, Endpoint.EMPTY),
  NODE_REPLICATION("/nodes/([^/]+)/replication", Server.PVEDAEMON, Need.LOGIN, Endpoint.EMPTY),
  NODE_VERSIONS("/nodes/([^/]+)/apt/versions", Server.PVEPROXY, Need.AUDIT_NODE, Endpoint.PACKAGES);

  /// Which process answers: it shows in the Connection headers.
  enum Server {
    PVEPROXY,
    PVEDAEMON
  }

  /// The rights that a path needs, as `facts` of the wire have it.
  enum Need {
    /// None: rows or fields are missing without rights.
    LOGIN,
    /// Sys.Audit on `/`.
    AUDIT_ALL,
    /// Sys.Audit on `/nodes/NODE`.
    AUDIT_NODE,
    /// Sys.Audit on `/` or `/nodes/NODE`.
    AUDIT_ALL_OR_NODE;

    /// The status line's reason for a subject that lacks the right.
    Optional<String> refusal(AccessList access, String subject, String node) {
      var all = access.allows(subject, "/", AUDIT);
      var onNode = access.allows(subject, "/nodes/" + node, AUDIT);
      return switch (this) {
        case LOGIN -> Optional.empty();
        case AUDIT_ALL ->
            all ? Optional.empty() : Optional.of("Permission check failed (/, Sys.Audit)");
        case AUDIT_NODE ->
            onNode
                ? Optional.empty()
                : Optional.of("Permission check failed (/nodes/" + node + ", Sys.Audit)");
        case AUDIT_ALL_OR_NODE ->
            all || onNode ? Optional.empty() : Optional.of("Permission check failed");
      };
    }
  }

  static final String AUDIT = "Sys.Audit";

  /// Three of some sixty packages, as a node of Proxmox VE 9.2 has them.
  private static final String PACKAGES =
      """
      {"data":[\
      {"Arch":"amd64","CurrentState":"Installed","Description":"Proxmox VE virtualization management suite",\
      "ManagerVersion":"9.2.11/14a22df35955d97d","OldVersion":"9.2.11","Origin":"Proxmox","Package":"pve-manager",\
      "Priority":"optional","Section":"admin","Title":"Proxmox VE virtualization management suite","Version":"9.2.12"},\
      {"Arch":"amd64","CurrentState":"Installed","Description":"control and monitor storage systems using S.M.A.R.T.",\
      "OldVersion":"7.4-pve1","Origin":"Proxmox","Package":"smartmontools","Priority":"optional","Section":"utils",\
      "Title":"control and monitor storage systems using S.M.A.R.T.","Version":"7.4-pve1"},\
      {"Arch":"amd64","CurrentState":"Installed","Description":"command-line tools to manage OpenZFS filesystems",\
      "OldVersion":"2.3.9-pve1","Origin":"Proxmox","Package":"zfsutils-linux","Priority":"optional","Section":"admin",\
      "Title":"command-line tools to manage OpenZFS filesystems","Version":"2.3.9-pve1"}]}""";

  private static final String EMPTY = "{\"data\":[]}";

  private final Pattern path;
  private final Server server;
  private final Need need;
  private final String fallback;

  Endpoint(String path, Server server, Need need, String fallback) {
    this.path = Pattern.compile(path);
    this.server = server;
    this.need = need;
    this.fallback = fallback;
  }

  static Optional<Endpoint> of(String decodedPath) {
    return Stream.of(values()).filter(e -> e.matcher(decodedPath).matches()).findFirst();
  }

  Server server() {
    return server;
  }

  Need need() {
    return need;
  }

  /// The body where nothing was recorded, if it is always the same.
  Optional<Answer> fallback() {
    return fallback.isEmpty() ? Optional.empty() : Optional.of(Answer.json(fallback));
  }

  Matcher matcher(String decodedPath) {
    return path.matcher(decodedPath);
  }
}
