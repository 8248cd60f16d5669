import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A pool of a node, as Proxmox tells of it.
final class Pool {
  final String name;
  final List<Vdev> data = new ArrayList<>();

  /// `logs`, `cache`, `spares`, `special`.
  final Map<String, List<Vdev>> others = new LinkedHashMap<>();

  long size = 1_000_000_000_000L;
  double capacity = 0.3;
  boolean imported = true;

  /// Where it is not what the vdevs make of it.
  String forcedState = "";

  String scan;
  String errors = "No known data errors";

  /// Status and action, where not what the vdevs make of it.
  String complaint = "";

  Pool(String name, String scan) {
    this.name = name;
    this.scan = scan;
  }

  void put(String category, Vdev... vdevs) {
    others.put(category, new ArrayList<>(List.of(vdevs)));
  }

  String state() {
    data.forEach(Vdev::settle);
    others.values().forEach(vdevs -> vdevs.forEach(Vdev::settle));
    if (!forcedState.isEmpty()) {
      return forcedState;
    }
    return every(vdev -> vdev.state.equals("ONLINE")) ? "ONLINE" : "DEGRADED";
  }

  private boolean every(java.util.function.Predicate<Vdev> test) {
    return data.stream().allMatch(test)
        && others.entrySet().stream()
            .filter(entry -> !List.of("cache", "spares").contains(entry.getKey()))
            .allMatch(entry -> entry.getValue().stream().allMatch(test));
  }

  private boolean any(java.util.function.Predicate<Vdev> test) {
    return !every(vdev -> !vdev.anyLeaf(test));
  }

  String row() {
    long used = (long) (size * capacity);
    return Json.object(
        "name", Json.text(name), "size", size, "alloc", used, "free", size - used, "frag", 7,
        "dedup", 1, "health", Json.text(state()));
  }

  String status() {
    String state = state();
    var root = Vdev.group(name);
    root.children.addAll(data);
    root.settle();
    var children = new ArrayList<String>();
    children.add(root.json());
    others.forEach(
        (category, vdevs) ->
            children.add(
                Json.object(
                    "name", Json.text(category), "leaf", 0, "msg", "\"\"",
                    "children", Json.array(vdevs.stream().map(Vdev::json).toList()))));
    String said = complaint.isEmpty() ? ownComplaint() : complaint;
    String words = said.isEmpty() ? "" : "\"status\":" + Json.text(said) + ',';
    return "{\"data\":{"
        + words
        + "\"name\":" + Json.text(name)
        + ",\"state\":" + Json.text(state)
        + (scan.isEmpty() ? "" : ",\"scan\":" + Json.text(scan))
        + ",\"leaf\":0,\"errors\":" + Json.text(errors)
        + ",\"children\":" + Json.array(children) + "}}";
  }

  /// As `zpool status` words it, and in its order of precedence.
  private String ownComplaint() {
    String enough = " Sufficient replicas exist for the pool to continue functioning in a degraded state.";
    if (scan.startsWith("resilver in progress")) {
      return "One or more devices is currently being resilvered.  The pool will continue to function, possibly in a degraded state.";
    }
    if (any(leaf -> leaf.state.equals("FAULTED"))) {
      return "One or more devices are faulted in response to persistent errors." + enough;
    }
    if (!errors.startsWith("No known")) {
      return "One or more devices has experienced an error resulting in data corruption.  Applications may be affected.";
    }
    if (any(leaf -> leaf.state.equals("UNAVAIL"))) {
      return "One or more devices could not be used because the label is missing or invalid. " + enough;
    }
    if (any(leaf -> leaf.read + leaf.write + leaf.checksum > 0)) {
      return "One or more devices has experienced an unrecoverable error.  An attempt was made to correct the error.  Applications are unaffected.";
    }
    if (any(leaf -> leaf.state.equals("OFFLINE"))) {
      return "One or more devices has been taken offline by the administrator." + enough;
    }
    if (any(leaf -> leaf.state.equals("REMOVED"))) {
      return "One or more devices have been removed." + enough;
    }
    return "";
  }
}
