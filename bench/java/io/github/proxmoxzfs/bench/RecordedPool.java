package io.github.proxmoxzfs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// A pool as the Proxmox API answered it, recorded with OpenZFS 2.3.9, to be played under any name.
///
/// @param row its row in the node's list of pools
/// @param status its own answer
public record RecordedPool(String row, String status) {
  /// Pools of many shapes: from 1 to 16 disks, healthy and not, at rest, in a scrub, in a resilver.
  public static final List<RecordedPool> ALL =
      List.of(
          of("scrub-clean", "rpool"),
          of("scrub-clean", "z2"),
          of("scrub-clean", "raid10"),
          of("layout-3x-raidz1", "big"),
          of("layout-all-classes", "tank"),
          of("draid-healthy", "tank"),
          of("device-degraded", "tank"),
          of("scrub-progress-slow-1", "tank"),
          of("scrub-finished-errors", "tank"),
          of("resilver-replace-1", "tank"));

  /// Stands for the pool's name.
  private static final String NAME = "NAME";

  /// The recorded answers under the name that belongs to this number.
  public RecordedPool named(int number) {
    // All equally long, so that the length of the texts does not grow with the number of pools.
    String name = String.format(Locale.ROOT, "pool%04d", number);
    // Each pool has disks of its own, as pools have.
    String disks = String.format(Locale.ROOT, "_HARDDISK_%04d", number);
    return new RecordedPool(
        row.replace(quoted(NAME), quoted(name)),
        status.replace(quoted(NAME), quoted(name)).replace("_HARDDISK_", disks));
  }

  private static RecordedPool of(String state, String pool) {
    String list = text(state, "list");
    // A row is an object without objects in it; the order of its members is random.
    var rows = Pattern.compile("\\{[^{}]*" + quoted(pool) + "[^{}]*}").matcher(list);
    if (!rows.find()) {
      throw new IllegalArgumentException(state + " lists no " + pool);
    }
    return new RecordedPool(withoutName(rows.group(), pool), withoutName(text(state, pool), pool));
  }

  private static String withoutName(String text, String pool) {
    return text.replace(quoted(pool), quoted(NAME));
  }

  private static String quoted(String name) {
    return "\"name\":\"" + name + "\"";
  }

  private static String text(String state, String answer) {
    String file = "/zpool/2.3.9/%s/api-zfs-%s.json".formatted(state, answer);
    try (InputStream in = RecordedPool.class.getResourceAsStream(file)) {
      return new String(
          Objects.requireNonNull(in, file + " is missing").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
