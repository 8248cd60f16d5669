package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevState;
import io.github.proxmoxzfs.domain.VdevType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes vdevs of the rows of the table, in each of the shapes that Proxmox has given it:
///
/// - since pve-storage 7.0-12 the pool's row is the first, and the sections (`logs`, `spares` …)
///   are its siblings;
/// - from 5.0-31 to 7.0-11 there is no row for the pool, its vdevs and the first section come at
///   once, and each further section is nested in the one before;
/// - before that rows without counters are missing, so sections and spares, and every vdev seems to
///   hold data.
///
/// So a section is known by its name, wherever it stands.
final class VdevTableParser {
  /// As deep as a JSON document may be; real tables have five levels.
  private static final int MAX_DEPTH = 64;

  private static final Map<String, VdevClass> SECTIONS =
      Map.of(
          "logs", VdevClass.LOG,
          "cache", VdevClass.CACHE,
          "spares", VdevClass.SPARE,
          "special", VdevClass.SPECIAL,
          "dedup", VdevClass.DEDUP);

  /// For each path the rows that are it, or were it.
  private final Map<String, Set<String>> claimants = new HashMap<>();

  private final List<Vdev> vdevs = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private VdevTableParser() {}

  /// What a table holds.
  ///
  /// @param vdevs the top-level vdevs of all classes
  /// @param unknown what was not understood
  record Table(List<Vdev> vdevs, List<String> unknown) {}

  static Table parse(Optional<String> poolName, List<VdevRow> rows) {
    var table = new VdevTableParser();
    table.collectClaims(rows, 0);
    for (VdevRow row : rows) {
      if (isPool(row, poolName)) {
        table.addTopLevel(row.children(), VdevClass.DATA, 1);
      } else {
        table.addTopLevel(List.of(row), VdevClass.DATA, 0);
      }
    }
    return new Table(table.vdevs, table.unknown);
  }

  private static boolean isPool(VdevRow row, Optional<String> poolName) {
    return poolName.isPresent()
        ? row.name().equals(poolName.get()) && row.state().isPresent()
        : !row.children().isEmpty()
            && !isSection(row)
            && VdevTypeParser.parse(row.name()) instanceof VdevType.Unknown;
  }

  private static boolean isSection(VdevRow row) {
    return row.state().isEmpty() && SECTIONS.containsKey(row.name());
  }

  private void collectClaims(List<VdevRow> rows, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (VdevRow row : rows) {
      String path = notes(row, VdevClass.DATA).formerPath().orElse(row.name());
      claimants.computeIfAbsent(path, _ -> new HashSet<>()).add(row.name());
      collectClaims(row.children(), depth + 1);
    }
  }

  private void addTopLevel(List<VdevRow> rows, VdevClass vdevClass, int depth) {
    vdevs.addAll(read(rows, vdevClass, Optional.empty(), depth));
  }

  /// The vdevs of `rows`; the vdevs of sections among them go to the top level.
  private List<Vdev> read(
      List<VdevRow> rows, VdevClass vdevClass, Optional<String> parent, int depth) {
    if (depth > MAX_DEPTH) {
      unknown.add("rows nested too deeply");
      return List.of();
    }
    var read = new ArrayList<Vdev>();
    for (VdevRow row : rows) {
      VdevClass section = row.state().isEmpty() ? SECTIONS.get(row.name()) : null;
      if (section == null) {
        read.add(vdev(row, vdevClass, parent, depth));
      } else {
        addTopLevel(row.children(), section, depth + 1);
      }
    }
    return read;
  }

  private Vdev vdev(VdevRow row, VdevClass vdevClass, Optional<String> parent, int depth) {
    VdevNotes notes = notes(row, vdevClass);
    unknown.addAll(notes.unknown());
    if (!hasKnownState(row)) {
      unknown.add(row.name() + " " + row.state().orElse(""));
    }
    boolean vanished = VdevTypeParser.isGuid(row.name());
    VdevType type =
        VdevTypeParser.parse(vanished ? notes.formerPath().orElse(row.name()) : row.name());
    boolean leaf = row.children().isEmpty() && !type.inner();
    String name = leaf ? leafName(row, notes, vanished) : groupName(row, parent);
    return new Vdev(
        name,
        parent,
        vdevClass,
        type,
        row.state().map(VdevState::of).orElse(VdevState.UNKNOWN),
        errors(row, vdevClass),
        notes,
        vanished ? Optional.of(row.name()) : Optional.empty(),
        read(row.children(), vdevClass, Optional.of(name), depth + 1));
  }

  private static String groupName(VdevRow row, Optional<String> parent) {
    return parent.map(above -> above + "/" + row.name()).orElse(row.name());
  }

  private String leafName(VdevRow row, VdevNotes notes, boolean vanished) {
    return notes
        .formerPath()
        .filter(path -> vanished && Set.of(row.name()).equals(claimants.get(path)))
        .orElse(row.name());
  }

  /// Where the state is no state the columns have shifted, as a blank in a path makes them, and
  /// what stands behind means nothing.
  private static boolean hasKnownState(VdevRow row) {
    String word = row.state().orElse("");
    return word.equals("UNKNOWN") || VdevState.of(word) != VdevState.UNKNOWN;
  }

  private static VdevNotes notes(VdevRow row, VdevClass vdevClass) {
    return hasKnownState(row)
        ? VdevNotesParser.parse(row.message().orElse(""), vdevClass)
        : VdevNotes.NONE;
  }

  /// ZFS prints no counters for spares, and Proxmox takes the words of their notes for such.
  private static Optional<VdevErrors> errors(VdevRow row, VdevClass vdevClass) {
    return vdevClass == VdevClass.SPARE || !hasKnownState(row)
        ? Optional.empty()
        : VdevErrorsParser.parse(row);
  }
}
