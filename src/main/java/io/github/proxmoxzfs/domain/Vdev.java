package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A virtual device of a pool: a disk, or a group of them.
///
/// @param name a leaf's name as `zpool status -P` prints it, but the former path of a leaf that
///   vanished (printed as its GUID) unless another leaf of the pool has that path now; a group's
///   path below the pool (`mirror-1/replacing-1`), since ZFS uses one name twice
/// @param parent the name of the group it belongs to; absent for a top-level vdev
/// @param vdevClass what it is used for
/// @param type what it is made of
/// @param state its state
/// @param errors its error counters; absent for spares, for which ZFS prints none, and where the
///   API spoils them
/// @param notes what ZFS notes about it
/// @param guid the GUID of a leaf that vanished, the only ones for which `zpool status` prints it
/// @param children what a group consists of
public record Vdev(
    String name,
    Optional<String> parent,
    VdevClass vdevClass,
    VdevType type,
    VdevState state,
    Optional<VdevErrors> errors,
    VdevNotes notes,
    Optional<String> guid,
    List<Vdev> children) {
  /// Where a vdev stands.
  public enum Level {
    /// A group right below the pool.
    TOP,
    /// A group within a group.
    INNER,
    /// A disk, file or distributed spare, also one right below the pool.
    LEAF;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The value of the `level` label.
    public String label() {
      return label;
    }
  }

  public Vdev {
    requireNonNull(name, "name is null");
    requireNonNull(parent, "parent is null");
    requireNonNull(vdevClass, "vdevClass is null");
    requireNonNull(type, "type is null");
    requireNonNull(state, "state is null");
    requireNonNull(errors, "errors is null");
    requireNonNull(notes, "notes is null");
    requireNonNull(guid, "guid is null");
    children = List.copyOf(children);
  }

  /// Where it stands.
  public Level level() {
    if (leaf()) {
      return Level.LEAF;
    }
    return parent.isEmpty() ? Level.TOP : Level.INNER;
  }

  /// Whether it is a leaf.
  public boolean leaf() {
    return children.isEmpty() && !type.inner();
  }

  /// This vdev and all below it, each group before its members.
  public Stream<Vdev> andBelow() {
    // Streams of streams would be a good part of all that a scrape allocates.
    var all = new ArrayList<Vdev>();
    addTo(all);
    return all.stream();
  }

  private void addTo(List<Vdev> all) {
    all.add(this);
    for (Vdev child : children) {
      child.addTo(all);
    }
  }

  /// Whether ZFS notes an activity of it.
  public boolean shows(VdevNotes.Activity activity) {
    return notes.activities().contains(activity);
  }
}
