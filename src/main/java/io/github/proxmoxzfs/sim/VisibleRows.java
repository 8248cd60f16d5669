package io.github.proxmoxzfs.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes out of a list what a subject may not see: the API leaves out rows and fields without a
/// word.
///
/// @param access the access list
/// @param subject the user or token that asks
record VisibleRows(AccessList access, String subject) {
  /// What `/nodes` and `/cluster/resources` show of a node without Sys.Audit on it.
  private static final Set<String> NODE_FIELDS =
      Set.of("id", "node", "type", "status", "level", "ssl_fingerprint");

  /// The body without the invisible; the same text where all is visible.
  String of(Endpoint endpoint, String body) {
    return switch (endpoint) {
      case NODES, CLUSTER_RESOURCES, STORAGE, CLUSTER_REPLICATION, NODE_STORAGE, NODE_REPLICATION ->
          visible(body);
      case TICKET,
          PERMISSIONS,
          VERSION,
          CLUSTER_STATUS,
          POOLS,
          POOL,
          DISKS,
          SMART,
          NODE_TIME,
          NODE_STATUS,
          NODE_VERSIONS ->
          body;
    };
  }

  private String visible(String body) {
    var answer = JsonText.members(body);
    var rows = JsonText.elements(answer.getOrDefault("data", "[]"));
    List<String> kept = new ArrayList<>();
    for (String row : rows) {
      var members = JsonText.members(row);
      if (isVisible(members)) {
        kept.add(seesFields(members) ? row : JsonText.object(nodeFields(members)));
      }
    }
    if (kept.equals(rows)) {
      return body;
    }
    var visible = new LinkedHashMap<>(answer);
    visible.put("data", JsonText.array(kept));
    return JsonText.object(visible);
  }

  private boolean isVisible(Map<String, String> row) {
    if (row.containsKey("guest") || row.containsKey("vmid")) {
      return allows("/vms/" + row.getOrDefault("guest", row.get("vmid")), "VM.Audit");
    }
    if (row.containsKey("storage")) {
      var path = "/storage/" + JsonText.unquote(row.getOrDefault("storage", ""));
      return allows(path, "Datastore.Audit") || allows(path, "Datastore.AllocateSpace");
    }
    return true;
  }

  private boolean seesFields(Map<String, String> row) {
    return !"\"node\"".equals(row.get("type"))
        || allows("/nodes/" + JsonText.unquote(row.getOrDefault("node", "")), Endpoint.AUDIT);
  }

  private static Map<String, String> nodeFields(Map<String, String> row) {
    var fields = new LinkedHashMap<>(row);
    fields.keySet().retainAll(NODE_FIELDS);
    return fields;
  }

  private boolean allows(String path, String privilege) {
    return access.allows(subject, path, privilege);
  }
}
