import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A vdev of a pool, as `zpool status -P` shows it.
final class Vdev {
  String name;
  String state = "ONLINE";
  String note = "";
  long read;
  long write;
  long checksum;
  final boolean leaf;
  final List<Vdev> children = new ArrayList<>();

  private Vdev(String name, boolean leaf) {
    this.name = name;
    this.leaf = leaf;
  }

  static Vdev group(String name, Vdev... children) {
    var group = new Vdev(name, false);
    group.children.addAll(Arrays.asList(children));
    return group;
  }

  static Vdev leaf(String name) {
    return new Vdev(name, true);
  }

  static Vdev of(Disk disk) {
    return leaf(disk.link() + "-part1");
  }

  /// Fails in a way that ZFS shows by a state.
  void fail(String newState, String newNote) {
    state = newState;
    note = newNote;
  }

  void heal() {
    state = "ONLINE";
    note = "";
    read = 0;
    write = 0;
    checksum = 0;
  }

  /// A group is as bad as its worst child lets it be.
  void settle() {
    if (!leaf) {
      children.forEach(Vdev::settle);
      boolean whole = children.stream().allMatch(child -> child.state.equals("ONLINE"));
      state = whole ? "ONLINE" : "DEGRADED";
    }
  }

  boolean anyLeaf(java.util.function.Predicate<Vdev> test) {
    return leaf ? test.test(this) : children.stream().anyMatch(child -> child.anyLeaf(test));
  }

  String json() {
    if (state.equals("AVAIL")) {
      return Json.object(
          "name", Json.text(name), "state", Json.text(state), "msg", "\"\"", "leaf", "1");
    }
    return leaf
        ? Json.object(head())
        : Json.object(with(head(), "children", Json.array(children.stream().map(Vdev::json).toList())));
  }

  private Object[] head() {
    return new Object[] {
      "name", Json.text(name), "state", Json.text(state), "read", read, "write", write,
      "cksum", checksum, "msg", Json.text(note), "leaf", leaf ? 1 : 0
    };
  }

  private static Object[] with(Object[] head, Object... more) {
    Object[] all = Arrays.copyOf(head, head.length + more.length);
    System.arraycopy(more, 0, all, head.length, more.length);
    return all;
  }
}
