package io.github.proxmoxzfs.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Answers that follow from the scenario's nodes and the access list where none was recorded.
///
/// @param scenario the cluster
/// @param current its nodes as they are now
record Generated(Scenario scenario, SimulatedNodes current) {
  Optional<Answer> answer(Endpoint endpoint, String path, AccessList access, String subject) {
    return switch (endpoint) {
      case NODES -> Optional.of(data(nodes()));
      case PERMISSIONS -> Optional.of(data(permissions(access, subject)));
      case NODE_TIME -> Optional.of(data(time(path)));
      case POOL -> {
        var pool = path.substring(path.lastIndexOf('/') + 1);
        yield Optional.of(
            Answer.error(500, "command '/sbin/zpool status -P " + pool + "' failed: exit code 1"));
      }
      case SMART -> Optional.of(Answer.error(500, "not a valid block device"));
      case TICKET,
          VERSION,
          STORAGE,
          CLUSTER_STATUS,
          CLUSTER_RESOURCES,
          CLUSTER_REPLICATION,
          POOLS,
          DISKS,
          NODE_STATUS,
          NODE_STORAGE,
          NODE_REPLICATION,
          NODE_VERSIONS ->
          Optional.empty();
    };
  }

  private static Answer data(String value) {
    return Answer.json(JsonText.object(Map.of("data", value)));
  }

  private String nodes() {
    return JsonText.array(
        scenario.nodes().stream()
            .map(node -> node(current.member(node.name()).orElse(node)))
            .toList());
  }

  private static String node(ScenarioNode node) {
    var row = new LinkedHashMap<String, String>();
    row.put("id", JsonText.quote("node/" + node.name()));
    row.put("node", JsonText.quote(node.name()));
    row.put("type", JsonText.quote("node"));
    row.put("status", JsonText.quote(node.status().word()));
    row.put("ssl_fingerprint", JsonText.quote(fingerprint(node)));
    switch (node.status()) {
      case ONLINE -> {
        row.put("level", JsonText.quote(""));
        row.put("cpu", "0.0342857142857143");
        row.put("maxcpu", "8");
        row.put("mem", "9123456789");
        row.put("maxmem", "33554432000");
        row.put("disk", "6123456789");
        row.put("maxdisk", "100861726720");
        row.put("uptime", "323456");
      }
      case UNKNOWN -> row.put("level", JsonText.quote(""));
      case OFFLINE -> {
        // Nothing more is known of it.
      }
    }
    return JsonText.object(row);
  }

  /// Made up from the node's name: Proxmox shows one per node.
  private static String fingerprint(ScenarioNode node) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(node.name().getBytes(StandardCharsets.UTF_8));
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String permissions(AccessList access, String subject) {
    var paths = new LinkedHashMap<String, String>();
    for (String path : access.paths()) {
      var privileges = new LinkedHashMap<String, String>();
      access.privileges(subject, path).forEach((p, below) -> privileges.put(p, below ? "1" : "0"));
      if (!privileges.isEmpty()) {
        paths.put(path, JsonText.object(privileges));
      }
    }
    return JsonText.object(paths);
  }

  private String time(String path) {
    var name = path.split("/", 4)[2];
    var zone = current.member(name).orElse(scenario.localNode()).zone();
    return "{\"time\":{{epoch}},\"localtime\":{{localtime}},\"timezone\":%s}"
        .formatted(JsonText.quote(zone.getId()));
  }
}
