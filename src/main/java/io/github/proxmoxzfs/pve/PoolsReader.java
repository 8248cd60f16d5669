package io.github.proxmoxzfs.pve;

import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolListing;
import io.github.proxmoxzfs.domain.PoolListing.Space;
import io.github.proxmoxzfs.pve.JsonValue.JsonArray;
import io.github.proxmoxzfs.pve.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads the answer of `/nodes/{node}/disks/zfs`: what pve-storage `PVE/API2/Disks/ZFS.pm` makes of
/// `zpool list -HpPLo name,size,alloc,free,frag,dedup,health` by splitting each line at white
/// space.
final class PoolsReader {
  /// What stands in the column of the health when a blank in the name has shifted the columns: the
  /// deduplication ratio or another number, or the `-` of a pool that cannot be read.
  private static final Pattern NO_HEALTH = Pattern.compile("-|\\d+(?:\\.\\d+)?[x%]?");

  private PoolsReader() {}

  /// The pools, in the order of the answer. A row without a name is left out and reported as an
  /// oddity, so that it does not cost the others.
  static List<PoolListing> read(JsonValue data, Consumer<String> oddities)
      throws MalformedException {
    if (!(data instanceof JsonArray rows)) {
      throw new MalformedException("its data is " + data.kind() + ", not a list of pools");
    }
    List<PoolListing> pools = new ArrayList<>();
    for (JsonValue row : rows.elements()) {
      Optional<PoolListing> pool =
          row instanceof JsonObject object ? listing(object) : Optional.empty();
      pool.ifPresentOrElse(
          pools::add, () -> oddities.accept("The list of pools has a row that names no pool."));
    }
    if (pools.isEmpty() && !rows.elements().isEmpty()) {
      throw new MalformedException("no row names a pool");
    }
    return List.copyOf(pools);
  }

  private static Optional<PoolListing> listing(JsonObject row) {
    Optional<String> name = row.get("name").asText().filter(text -> !text.isBlank());
    // A short row has the health null (pve-api.md: the split gave too few columns).
    String word = row.get("health").asText().orElse("");
    PoolHealth health = PoolHealth.of(word);
    if (NO_HEALTH.matcher(word).matches()) {
      return name.map(cut -> new PoolListing(cut, PoolHealth.UNKNOWN, Optional.empty(), true));
    }
    Optional<Space> space = health == PoolHealth.UNKNOWN ? Optional.empty() : space(row);
    return name.map(whole -> new PoolListing(whole, health, space, false));
  }

  /// The space of a pool that ZFS can read. Of another one it prints `-`, which Perl's arithmetic
  /// turns into 0. Numbers above 2^63−1, which no pool has, make the space unknown, as do others
  /// that cannot be.
  private static Optional<Space> space(JsonObject row) {
    OptionalLong size = bytes(row.get("size"));
    OptionalLong allocated = bytes(row.get("alloc"));
    OptionalLong free = bytes(row.get("free"));
    OptionalDouble fragmentationPercent = ratio(row.get("frag"));
    OptionalDouble deduplication = ratio(row.get("dedup"));
    if (size.orElse(0) == 0 || allocated.isEmpty() || free.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Space(
            size.getAsLong(),
            allocated.getAsLong(),
            free.getAsLong(),
            fragmentationPercent.isPresent()
                ? OptionalDouble.of(fragmentationPercent.getAsDouble() / 100)
                : OptionalDouble.empty(),
            deduplication.orElse(0) > 0 ? deduplication : OptionalDouble.empty()));
  }

  private static OptionalLong bytes(JsonValue value) {
    OptionalLong number = value.asWholeNumber();
    return number.orElse(-1) < 0 ? OptionalLong.empty() : number;
  }

  private static OptionalDouble ratio(JsonValue value) {
    OptionalDouble number = value.asDouble();
    return number.orElse(-1) < 0 ? OptionalDouble.empty() : number;
  }
}
