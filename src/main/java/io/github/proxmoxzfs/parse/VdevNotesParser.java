package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevNotes.Activity;
import io.github.proxmoxzfs.domain.VdevNotes.BlockSizes;
import io.github.proxmoxzfs.domain.VdevNotes.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the notes behind the columns of a vdev, which two blanks divide: `block size: 512B
/// configured, 4096B native (resilvering)`.
final class VdevNotesParser {
  private static final Pattern BETWEEN_NOTES = Pattern.compile(" {2,}+");

  private static final Map<String, Activity> ACTIVITIES =
      Map.of(
          "(resilvering)", Activity.RESILVERING,
          "(awaiting resilver)", Activity.AWAITING_RESILVER,
          "(repairing)", Activity.REPAIRING,
          "(trimming)", Activity.TRIMMING,
          "(initializing)", Activity.INITIALIZING,
          "(removing)", Activity.REMOVING,
          "(non-allocating)", Activity.NON_ALLOCATING);

  private final Set<Activity> activities = EnumSet.noneOf(Activity.class);
  private final List<String> unknown = new ArrayList<>();
  private Optional<Fault> fault = Optional.empty();
  private Optional<String> formerPath = Optional.empty();
  private Optional<String> usedByPool = Optional.empty();
  private Optional<BlockSizes> blockSizes = Optional.empty();

  private VdevNotesParser() {}

  static VdevNotes parse(String message, VdevClass vdevClass) {
    if (message.isBlank()) {
      return VdevNotes.NONE;
    }
    var notes = new VdevNotesParser();
    BETWEEN_NOTES.splitAsStream(message.strip()).forEach(note -> notes.read(note, vdevClass));
    return new VdevNotes(
        notes.activities,
        notes.fault,
        notes.formerPath,
        notes.usedByPool,
        notes.blockSizes,
        notes.unknown);
  }

  private void read(String note, VdevClass vdevClass) {
    Activity activity = ACTIVITIES.get(note);
    if (activity != null) {
      activities.add(activity);
    } else if (note.startsWith("was ")) {
      fault = Optional.of(Fault.NOT_PRESENT);
      formerPath = Optional.of(note.substring("was ".length()));
    } else if (!(vdevClass == VdevClass.SPARE && readUser(note))
        && !readBlockSizes(note)
        && !readFault(note)) {
      unknown.add(note);
    }
  }

  /// `pool 'tank'`, what is left of `in use by pool 'tank'`: the first three words stand where
  /// other rows have counters, and Proxmox takes them for such.
  private boolean readUser(String note) {
    var cursor = new Cursor(note);
    cursor.expect("pool '");
    String pool = cursor.until("'");
    if (!cursor.fits()) {
      return false;
    }
    usedByPool = Optional.of(pool);
    return true;
  }

  private boolean readBlockSizes(String note) {
    var cursor = new Cursor(note);
    cursor.expect("block size: ");
    OptionalLong configured = Numbers.count(cursor);
    cursor.expect("B configured, ");
    OptionalLong own = Numbers.count(cursor);
    cursor.expect("B native");
    if (!cursor.fits() || configured.isEmpty() || own.isEmpty()) {
      return false;
    }
    blockSizes = Optional.of(new BlockSizes(configured.getAsLong(), own.getAsLong()));
    return true;
  }

  private boolean readFault(String note) {
    for (Fault candidate : Fault.values()) {
      if (candidate != Fault.NOT_PRESENT && candidate.text().equals(note)) {
        fault = Optional.of(candidate);
        return true;
      }
    }
    return false;
  }
}
