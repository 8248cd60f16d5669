package io.github.proxmoxzfs.domain;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a credential may do: `GET /access/permissions`, which shows each its own without any
/// privilege.
///
/// @param byPath the privileges on each path that Proxmox tells, and of each whether it holds below
///   the path too. It tells the top-level paths and all that stand in its access list or pools, but
///   not those on which there is none (pve-access-control `PVE/RPCEnvironment.pm`,
///   `get_effective_permissions`)
public record Permissions(Map<String, Map<String, Boolean>> byPath) {
  /// The privileges to look at things end so; all others allow more than that.
  private static final String AUDIT = ".Audit";

  public Permissions {
    var copy = new TreeMap<String, Map<String, Boolean>>();
    byPath.forEach((path, privileges) -> copy.put(path, Map.copyOf(privileges)));
    byPath = Map.copyOf(copy);
  }

  /// Whether a privilege is there. One that is given for some of what lies below the path only
  /// counts: somebody chose them.
  public boolean allow(RequiredPrivilege required) {
    return byPath.entrySet().stream()
        .anyMatch(
            entry -> {
              Map<String, Boolean> held = entry.getValue();
              boolean there = held.containsKey(required.privilege());
              if (entry.getKey().equals(required.path())) {
                return there
                    && (!required.below() || held.getOrDefault(required.privilege(), false));
              }
              return there && required.below() && isBelow(entry.getKey(), required.path());
            });
  }

  /// The privileges that allow more than to look at things, by name.
  public Set<String> excess() {
    var excess = new TreeSet<String>();
    byPath
        .values()
        .forEach(
            held ->
                held.keySet().stream()
                    .filter(privilege -> !privilege.endsWith(AUDIT))
                    .forEach(excess::add));
    return excess;
  }

  private static boolean isBelow(String path, String ancestor) {
    return path.startsWith(ancestor.equals("/") ? "/" : ancestor + "/");
  }
}
