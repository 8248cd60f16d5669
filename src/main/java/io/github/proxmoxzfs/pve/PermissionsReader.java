package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.Permissions;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.HashMap;
import java.util.Map;

/// Reads the answer of `/access/permissions`: of each path the privileges, and of each whether it
/// holds below the path too.
final class PermissionsReader {
  private PermissionsReader() {}

  static Permissions read(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonObject paths)) {
      throw new MalformedException("its data is " + data.kind() + ", not privileges by path");
    }
    var byPath = new HashMap<String, Map<String, Boolean>>();
    for (Map.Entry<String, JsonValue> path : paths.members().entrySet()) {
      if (!(path.getValue() instanceof JsonObject privileges)) {
        throw new MalformedException("a path's privileges are " + path.getValue().kind());
      }
      var held = new HashMap<String, Boolean>();
      privileges.members().forEach((privilege, below) -> held.put(privilege, below.isTrue()));
      byPath.put(path.getKey(), held);
    }
    return new Permissions(byPath);
  }
}
