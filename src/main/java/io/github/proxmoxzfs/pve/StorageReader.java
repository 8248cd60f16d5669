package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.ZfsStorage;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the answers of `/cluster/resources?type=storage` and `/storage`: the storages of type
/// `zfspool`.
final class StorageReader {
  private static final String TYPE = "zfspool";

  private StorageReader() {}

  /// The storages on each node, with the space that pvestatd last saw; their datasets are not told
  /// here. pvestatd reports those that are active only (pve-manager `PVE/Service/pvestatd.pm`), so
  /// that one it has not looked at cannot be told from one that is not.
  static List<ZfsStorage> storages(JsonValue data) throws MalformedException {
    var storages = new ArrayList<ZfsStorage>();
    for (JsonObject row : rows(data)) {
      Optional<String> node = row.get("node").asText();
      Optional<String> storage = row.get("storage").asText();
      if (isZfs(row, "plugintype") && node.isPresent() && storage.isPresent()) {
        boolean active = row.get("status").asText().equals(Optional.of("available"));
        storages.add(
            new ZfsStorage(
                node.get(),
                storage.get(),
                "",
                "",
                active ? ZfsStorage.Activity.ACTIVE : ZfsStorage.Activity.INACTIVE,
                active ? space(row) : Optional.empty()));
      }
    }
    return List.copyOf(storages);
  }

  /// The dataset of each storage, by the storage's name.
  static Map<String, String> datasets(JsonValue data) throws MalformedException {
    var datasets = new HashMap<String, String>();
    for (JsonObject row : rows(data)) {
      Optional<String> storage = row.get("storage").asText();
      Optional<String> dataset = row.get("pool").asText();
      if (isZfs(row, "type") && storage.isPresent() && dataset.isPresent()) {
        datasets.put(storage.get(), dataset.get());
      }
    }
    return Map.copyOf(datasets);
  }

  private static boolean isZfs(JsonObject row, String field) {
    return row.get(field).asText().equals(Optional.of(TYPE));
  }

  private static List<JsonObject> rows(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonArray rows)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of storages");
    }
    var objects = new ArrayList<JsonObject>();
    for (JsonValue row : rows.elements()) {
      if (row instanceof JsonObject object) {
        objects.add(object);
      }
    }
    if (objects.isEmpty() && !rows.elements().isEmpty()) {
      throw new MalformedException("no row is a storage");
    }
    return objects;
  }

  /// A storage that is not active, or that pvestatd has not looked at lately, has none; a size of 0
  /// is none either.
  private static Optional<ZfsStorage.Space> space(JsonObject row) {
    OptionalLong size = row.get("maxdisk").asWholeNumber();
    OptionalLong used = row.get("disk").asWholeNumber();
    return size.isPresent() && size.getAsLong() > 0 && used.isPresent() && used.getAsLong() >= 0
        ? Optional.of(new ZfsStorage.Space(size.getAsLong(), used.getAsLong()))
        : Optional.empty();
  }
}
