package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Vdev;
import io.github.proxmoxzfs.domain.VdevClass;
import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevNotes;
import io.github.proxmoxzfs.domain.VdevNotes.Activity;
import io.github.proxmoxzfs.domain.VdevNotes.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;

/// Compares the vdevs that we read with what ZFS's own JSON says.
///
/// What the API makes unavoidable:
/// - *Lost letter*: a counter from 1024 on has lost its letter; only a lower bound is known.
/// - *Spares without counters*: `zpool status` prints none for spares.
/// - *Moving marks*: which leaf is being written to may change while the commands run, so
///   `(resilvering)` and `(repairing)` are compared with the text of the same moment only
///   ([RecordedPoolsTest]).
/// - *Moving numbers*: counters grow during a scan, and the truth was asked for last.
/// - *No GUIDs*: `zpool status` prints them for vanished leaves only.
final class VdevTruth {
  private static final Map<String, String> TYPES =
      Map.of(
          "raidz", "raidz[123]",
          "draid", "draid[123]",
          "dspare", "distributed_spare");

  private final SoftAssertions softly;
  private boolean scanning;

  VdevTruth(SoftAssertions softly) {
    this.softly = softly;
  }

  void compare(PoolStatus status, Json truth) {
    scanning = truth.at("scan_stats").at("state").optionalText().equals(Optional.of("SCANNING"));
    Json pool = truth.at("vdevs").memberValues().getFirst();
    for (VdevClass vdevClass : VdevClass.values()) {
      List<Vdev> ours =
          status.vdevs().stream().filter(vdev -> vdev.vdevClass() == vdevClass).toList();
      Json theirs =
          switch (vdevClass) {
            case DATA -> pool.at("vdevs");
            case LOG -> truth.at("logs");
            case CACHE -> truth.at("l2cache");
            case SPARE -> truth.at("spares");
            case SPECIAL -> truth.at("special");
            case DEDUP -> truth.at("dedup");
          };
      compare(ours, theirs, vdevClass.label());
    }
  }

  private void compare(List<Vdev> ours, Json truth, String where) {
    softly.assertThat(ours).as(where).hasSameSizeAs(truth.memberValues());
    for (int index = 0; index < Math.min(ours.size(), truth.memberValues().size()); index++) {
      Vdev vdev = ours.get(index);
      compare(vdev, find(vdev, truth), where + " " + vdev.name());
    }
  }

  /// ZFS's JSON has no order.
  private static Json find(Vdev vdev, Json truth) {
    String name = vdev.name().substring(vdev.leaf() ? 0 : vdev.name().lastIndexOf('/') + 1);
    return truth.at(vdev.guid().orElse(name));
  }

  private void compare(Vdev vdev, Json truth, String where) {
    if (!truth.exists()) {
      softly.fail(where + " is not known to ZFS");
      return;
    }
    softly.assertThat(vdev.state().name()).as(where).isEqualTo(printedState(truth));
    String type = truth.at("vdev_type").text();
    softly.assertThat(vdev.type().label()).as(where).matches(TYPES.getOrDefault(type, type));
    if (vdev.leaf() && !type.equals("dspare")) {
      softly.assertThat(vdev.name()).as(where).isEqualTo(truth.at("path").text());
    }
    notes(vdev, truth, where);
    errors(vdev, truth, where);
    compare(vdev.children(), truth.at("vdevs"), where);
  }

  /// The JSON has the state's constant, the text a word of `zpool_state_to_name`.
  private static String printedState(Json truth) {
    String state = truth.at("state").text();
    return state.equals("CANT_OPEN") ? "UNAVAIL" : state;
  }

  private void notes(Vdev vdev, Json truth, String where) {
    VdevNotes notes = vdev.notes();
    Optional<Fault> fault =
        truth.at("not_present").number() == 1
            ? Optional.of(Fault.NOT_PRESENT)
            : switch (truth.at("aux").optionalText().orElse("")) {
              case "EXTERNAL" -> Optional.of(Fault.EXTERNAL_DEVICE_FAULT);
              case "ERR_EXCEEDED" -> Optional.of(Fault.TOO_MANY_ERRORS);
              case "", "SPARED" -> Optional.empty();
              default -> throw new AssertionError("a fault not thought of");
            };
    softly.assertThat(notes.fault()).as(where).isEqualTo(fault);
    softly.assertThat(notes.formerPath()).as(where).isEqualTo(truth.at("was").optionalText());
    softly.assertThat(notes.usedByPool()).as(where).isEqualTo(truth.at("used_by").optionalText());
    activity(vdev, Activity.REMOVING, truth.at("removing"), where);
    activity(vdev, Activity.NON_ALLOCATING, truth.at("noalloc"), where);
    activity(vdev, Activity.AWAITING_RESILVER, truth.at("resilver_deferred"), where);
    softly
        .assertThat(notes.blockSizes().map(sizes -> sizes.configuredBytes()).orElse(1L))
        .as(where)
        .isEqualTo(1L << truth.at("configured_ashift").number());
    softly
        .assertThat(notes.blockSizes().map(sizes -> sizes.nativeBytes()).orElse(1L))
        .as(where)
        .isEqualTo(1L << truth.at("physical_ashift").number());
  }

  private void activity(Vdev vdev, Activity activity, Json truth, String where) {
    softly
        .assertThat(vdev.shows(activity))
        .as(where + " " + activity)
        .isEqualTo(truth.number() == 1);
  }

  private void errors(Vdev vdev, Json truth, String where) {
    if (vdev.vdevClass() == VdevClass.SPARE) {
      softly.assertThat(vdev.errors()).as(where).isEmpty();
      return;
    }
    VdevErrors errors = vdev.errors().orElseThrow();
    count(errors.read(), truth.at("read_errors").number(), where + " read");
    count(errors.write(), truth.at("write_errors").number(), where + " write");
    count(errors.checksum(), truth.at("checksum_errors").number(), where + " checksum");
  }

  private void count(VdevErrors.Count ours, long truth, String where) {
    if (truth < 1024 && !scanning) {
      softly.assertThat(ours).as(where).isEqualTo(VdevErrors.Count.exactly(truth));
    } else {
      softly.assertThat(ours.atLeast()).as(where).isLessThanOrEqualTo(truth);
    }
  }
}
