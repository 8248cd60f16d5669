package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.parse.PoolStatusParser;
import io.github.proxmoxzfs.parse.PoolStatusText;
import io.github.proxmoxzfs.parse.VdevRow;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonBoolean;
import io.github.proxmoxzfs.pve.JsonValue.JsonNull;
import io.github.proxmoxzfs.pve.JsonValue.JsonNumber;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import io.github.proxmoxzfs.pve.JsonValue.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the answer of `/nodes/{node}/disks/zfs/{pool}` as far as it is JSON; what its texts mean
/// is for package `parse`.
final class PoolStatusReader {
  /// What Proxmox accepts as a pool's name in a path: at least two characters, a letter first, a
  /// letter or digit last (format `pve-storage-id`, pve-common `PVE/JSONSchema.pm`). ZFS allows
  /// more.
  private static final Pattern SUPPORTED_NAME =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9\\-_.]*[a-zA-Z0-9]");

  private PoolStatusReader() {}

  /// Whether Proxmox accepts the name in a path.
  static boolean isSupported(String pool) {
    return SUPPORTED_NAME.matcher(pool).matches();
  }

  static PoolStatus read(JsonValue data) throws MalformedException {
    if (!(data instanceof JsonObject pool)) {
      throw new MalformedException("its data is " + data.kind() + ", not a pool");
    }
    if (pool.members().isEmpty()) {
      throw new MalformedException("its data is empty");
    }
    PoolStatusText text = text(pool);
    requireEssentials(pool, text);
    return PoolStatusParser.parse(text);
  }

  /// Refuses an answer without the pool's state or vdevs, of which a false alarm would be made.
  /// Each version of Proxmox that we know tells both; where ZFS cannot determine the vdevs it says
  /// so in `config` (OpenZFS `zpool_main.c`).
  private static void requireEssentials(JsonObject pool, PoolStatusText text)
      throws MalformedException {
    if (!text.fields().containsKey("state")) {
      throw new MalformedException("field state is " + pool.get("state").kind());
    }
    if (pool.get("children") == JsonNull.NULL && !text.fields().containsKey("config")) {
      throw new MalformedException("field children is " + JsonNull.NULL.kind());
    }
  }

  static PoolStatusText text(JsonObject pool) throws MalformedException {
    Map<String, String> fields = new HashMap<>();
    pool.members()
        .forEach((name, value) -> value.asText().ifPresent(text -> fields.put(name, text)));
    return new PoolStatusText(fields, rows(pool.get("children"), "children"));
  }

  private static List<VdevRow> rows(JsonValue children, String path) throws MalformedException {
    return switch (children) {
      case JsonNull _ -> List.of();
      case JsonArray(List<JsonValue> elements) -> {
        List<VdevRow> rows = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
          rows.add(row(elements.get(i), path + "[" + i + "]"));
        }
        yield rows;
      }
      case JsonObject _, JsonText _, JsonNumber _, JsonBoolean _ ->
          throw new MalformedException("field " + path + " is " + children.kind() + ", not a list");
    };
  }

  /// A row that cannot be read costs the whole pool: without it, a broken vdev could go unseen.
  private static VdevRow row(JsonValue value, String path) throws MalformedException {
    if (!(value instanceof JsonObject row)) {
      throw new MalformedException("field " + path + " is " + value.kind() + ", not a vdev");
    }
    Optional<String> name = row.get("name").asText();
    if (name.isEmpty()) {
      throw new MalformedException("field " + path + ".name is " + row.get("name").kind());
    }
    return new VdevRow(
        name.get(),
        row.get("state").asText(),
        row.get("read").asText(),
        row.get("write").asText(),
        row.get("cksum").asText(),
        row.get("msg").asText(),
        row.get("leaf").isTrue(),
        rows(row.get("children"), path + ".children"));
  }
}
