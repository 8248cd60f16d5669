package io.github.proxmoxzfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What ZFS itself knows of a pool, read by [TruthFromJson] or [TruthFromText] and written without
/// the product's code. Numbers are keyed by the ends of the names of the metrics that show them.
///
/// @param state the pool's health
/// @param dataErrors blocks with permanent errors
/// @param complaint what `zpool status` complains about, in one line
/// @param messageId the complaint's ID at OpenZFS; empty if it has none
/// @param scans all that ZFS knows of scans, also what no text shows
/// @param removal the last removal of a vdev
/// @param expansion the last expansion of a raidz vdev
/// @param checkpoint the checkpoint's numbers
/// @param sections the top-level vdevs by class
record Truth(
    String state,
    double dataErrors,
    Optional<String> complaint,
    String messageId,
    List<Scan> scans,
    Optional<Move> removal,
    Optional<Move> expansion,
    Map<String, Double> checkpoint,
    Map<String, List<Vdev>> sections) {

  /// A scan.
  ///
  /// @param function scrub, resilver, rebuild or error_scrub
  /// @param state in_progress, paused, finished or canceled
  /// @param numbers what is known of it
  record Scan(String function, String state, Map<String, Double> numbers) {
    boolean is(String function, String state) {
      return this.function.equals(function) && this.state.equals(state);
    }
  }

  /// A removal or an expansion.
  record Move(String state, Map<String, Double> numbers) {}

  /// A vdev.
  ///
  /// @param name the name in the table: a group's own, a leaf's path, a vanished leaf's GUID
  /// @param type `raidz1`, `disk` …
  /// @param state the word that the table shows, in lower case
  /// @param formerPath the path of one that vanished
  /// @param guid its GUID; empty where it is not known
  /// @param errors its counters by the names of the metrics; empty for spares
  /// @param activities what goes on with it
  /// @param fault why it is not healthy
  /// @param children what it consists of
  record Vdev(
      String name,
      String type,
      String state,
      Optional<String> formerPath,
      String guid,
      Map<String, Double> errors,
      Set<String> activities,
      Optional<String> fault,
      List<Vdev> children) {
    boolean leaf() {
      return children.isEmpty();
    }

    Stream<Vdev> leaves() {
      return leaf() ? Stream.of(this) : children.stream().flatMap(Vdev::leaves);
    }
  }

  /// The leaves of all classes.
  List<Vdev> leaves() {
    var leaves = new ArrayList<Vdev>();
    sections.values().forEach(vdevs -> vdevs.stream().flatMap(Vdev::leaves).forEach(leaves::add));
    return leaves;
  }

  /// The type that the name of a vdev tells: ZFS's JSON has no parity.
  static String typeOf(String name) {
    return name.startsWith("/")
        ? "disk"
        : name.matches("draid\\d-\\d+-\\d+")
            ? "distributed_spare"
            : name.replaceFirst("^(raidz\\d|draid\\d|[a-z]+).*", "$1");
  }
}
