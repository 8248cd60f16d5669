package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.NodeVersions;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.Optional;

/// Reads the answer of `/nodes/{node}/apt/versions`: the packages that matter to Proxmox.
final class VersionsReader {
  private static final String PVE = "pve-manager";
  private static final String ZFS = "zfsutils-linux";

  private VersionsReader() {}

  static NodeVersions read(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonArray packages)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of packages");
    }
    return new NodeVersions(installed(packages, PVE), installed(packages, ZFS));
  }

  /// `Version` is the one that could be installed, `OldVersion` the one that is (pve-manager
  /// `PVE/API2/APT.pm`).
  private static Optional<String> installed(JsonArray packages, String name) {
    for (JsonValue row : packages.elements()) {
      if (row instanceof JsonObject found
          && found.get("Package").asText().equals(Optional.of(name))
          && found.get("CurrentState").asText().equals(Optional.of("Installed"))) {
        return found.get("OldVersion").asText().filter(version -> !version.isBlank());
      }
    }
    return Optional.empty();
  }
}
