package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.Expansion;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Removal;
import io.github.proxmoxzfs.domain.Vdev;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What we read of a pool is what ZFS knows of it. The differences that the API makes unavoidable
/// are named at [ScanTruth] and [VdevTruth].
class TruthTest {
  static List<RecordedPool> withTruth() {
    return RecordedPool.all().stream().filter(recorded -> recorded.truth().exists()).toList();
  }

  static List<RecordedPool> all() {
    return RecordedPool.all();
  }

  @Test
  void mostRecordingsHaveTheTruthBesideThem() {
    assertThat(withTruth()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("withTruth")
  void whatWeReadIsWhatZfsKnows(RecordedPool recorded) {
    PoolStatus status = recorded.parse();
    Json truth = recorded.truth();
    var softly = new SoftAssertions();

    softly.assertThat(status.health().name()).isEqualTo(truth.at("state").text());
    softly
        .assertThat(status.dataErrors())
        .isEqualTo(new DataErrors.Count(truth.at("error_count").number()));
    softly
        .assertThat(status.reason().map(PoolReason::text))
        .isEqualTo(truth.at("status").optionalText().map(TruthTest::unwrapped));
    softly
        .assertThat(status.reason().flatMap(PoolReason::messageId))
        .isEqualTo(truth.at("msgid").optionalText());
    var scans = new ScanTruth(recorded, softly);
    scans.compare(status);
    new VdevTruth(softly).compare(status, truth);
    compareRemoval(status.removal(), truth.at("removal_stats"), recorded, scans, softly);
    compareExpansion(status.expansion(), truth.at("raidz_expand_stats"), recorded, scans, softly);
    compareCheckpoint(status.checkpoint(), truth.at("checkpoint_stats"), recorded, softly);
    softly.assertAll();
  }

  /// Releases before 2.3 cannot print JSON, but all can print counters in full.
  @ParameterizedTest
  @MethodSource("all")
  void vdevsAreThoseOfTheTextWithCountersInFull(RecordedPool recorded) {
    List<Vdev> ours = recorded.parse().allVdevs().toList();
    List<Vdev> exact = ZpoolStatus.parse(recorded.output("exact-")).allVdevs().toList();

    assertThat(ours).extracting(Vdev::name).isEqualTo(exact.stream().map(Vdev::name).toList());
    for (int index = 0; index < ours.size(); index++) {
      Vdev vdev = ours.get(index);
      Vdev truth = exact.get(index);
      assertThat(vdev.state()).isEqualTo(truth.state());
      assertThat(vdev.errors().isPresent()).isEqualTo(truth.errors().isPresent());
      vdev.errors()
          .ifPresent(
              errors ->
                  assertThat(errors.checksum().atLeast())
                      .isLessThanOrEqualTo(truth.errors().orElseThrow().checksum().atLeast()));
    }
  }

  private static String unwrapped(String text) {
    return text.strip().replace("\n\t", " ");
  }

  private static void compareRemoval(
      Optional<Removal> ours,
      Json truth,
      RecordedPool recorded,
      ScanTruth scans,
      SoftAssertions softly) {
    softly.assertThat(ours.isPresent()).as("removal").isEqualTo(truth.exists());
    ours.ifPresent(
        removal -> {
          switch (removal) {
            case Removal.InProgress running -> {
              softly.assertThat(truth.at("state").text()).isEqualTo("SCANNING");
              softly.assertThat(running.vdev()).isEqualTo(truth.at("name").text());
              softly
                  .assertThat(running.started())
                  .isEqualTo(recorded.local(truth.at("start_time").number()));
              scans.threeDigits("to copy", running.totalBytes(), truth.at("to_copy"));
            }
            case Removal.Finished finished -> {
              softly.assertThat(truth.at("state").text()).isEqualTo("FINISHED");
              softly
                  .assertThat(finished.vdevNumber())
                  .isEqualTo(OptionalLong.of(truth.at("removing_vdev").number()));
              softly
                  .assertThat(finished.ended())
                  .isEqualTo(recorded.local(truth.at("end_time").number()));
              scans.threeDigits("copied", finished.copiedBytes(), truth.at("copied"));
              scans.threeDigits("mapping", finished.mappingBytes(), truth.at("mapping_memory"));
            }
            case Removal.Canceled canceled -> {
              softly.assertThat(truth.at("state").text()).isEqualTo("CANCELED");
              softly
                  .assertThat(canceled.ended())
                  .isEqualTo(recorded.local(truth.at("end_time").number()));
            }
            case Removal.Unknown _ -> softly.fail("the removal was not read");
          }
        });
  }

  private static void compareExpansion(
      Optional<Expansion> ours,
      Json truth,
      RecordedPool recorded,
      ScanTruth scans,
      SoftAssertions softly) {
    softly.assertThat(ours.isPresent()).as("expansion").isEqualTo(truth.exists());
    String vdev =
        truth.at("name").optionalText().orElse("") + "-" + truth.at("expanding_vdev").number();
    ours.ifPresent(
        expansion -> {
          switch (expansion) {
            case Expansion.InProgress running -> {
              softly.assertThat(truth.at("state").text()).isEqualTo("SCANNING");
              softly.assertThat(running.vdev()).isEqualTo(vdev);
              softly
                  .assertThat(running.started())
                  .isEqualTo(recorded.local(truth.at("start_time").number()));
              scans.threeDigits("to copy", running.totalBytes(), truth.at("to_reflow"));
            }
            case Expansion.Finished finished -> {
              softly.assertThat(truth.at("state").text()).isEqualTo("FINISHED");
              softly.assertThat(finished.vdev()).isEqualTo(vdev);
              softly
                  .assertThat(finished.ended())
                  .isEqualTo(recorded.local(truth.at("end_time").number()));
              scans.threeDigits("copied", finished.copiedBytes(), truth.at("reflowed"));
            }
            case Expansion.Unknown _ -> softly.fail("the expansion was not read");
          }
        });
  }

  private static void compareCheckpoint(
      Optional<Checkpoint> ours, Json truth, RecordedPool recorded, SoftAssertions softly) {
    softly.assertThat(ours.isPresent()).as("checkpoint").isEqualTo(truth.exists());
    ours.ifPresent(
        checkpoint -> {
          switch (checkpoint) {
            case Checkpoint.Exists(var created, var consumed) -> {
              softly.assertThat(created).isEqualTo(recorded.local(truth.at("start_time").number()));
              // It grows while the commands run one after another.
              softly
                  .assertThat(consumed.orElseThrow())
                  .isPositive()
                  .isLessThanOrEqualTo(truth.at("space").number());
            }
            case Checkpoint.Discarding _, Checkpoint.Unknown _ ->
                softly.fail("the checkpoint was not read");
          }
        });
  }
}
