package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolReason.Code;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class PoolReasonParserTest {
  /// As Proxmox passes them on: lines joined by a blank, double blanks kept.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One or more devices could not be opened.  Sufficient replicas exist for the pool to"
            + " continue functioning in a degraded state. | MISSING_DEV_R",
        "One or more devices could not be opened.  There are insufficient replicas for the pool to"
            + " continue functioning. | MISSING_DEV_NR",
        "One or more devices could not be used because the label is missing or invalid.  Sufficient"
            + " replicas exist for the pool to continue functioning in a degraded state. |"
            + " CORRUPT_LABEL_R",
        "One or more devices could not be used because the label is missing  or invalid.  There are"
            + " insufficient replicas for the pool to continue functioning. | CORRUPT_LABEL_NR",
        "One or more devices has experienced an unrecoverable error.  An attempt was made to"
            + " correct the error.  Applications are unaffected. | FAILING_DEV",
        "One or more devices has been taken offline by the administrator. Sufficient replicas"
            + " exist | OFFLINE_DEV",
        "One or more devices has been removed by the administrator. Sufficient replicas |"
            + " REMOVED_DEV",
        "One or more devices have been removed. Sufficient replicas exist | REMOVED_DEV",
        "One or more devices is currently being resilvered.  The pool will continue to function |"
            + " RESILVERING",
        "One or more devices have been sequentially resilvered, scrubbing the pool is recommended. |"
            + " REBUILD_SCRUB",
        "One or more devices has experienced an error resulting in data corruption.  Applications"
            + " may be affected. | CORRUPT_DATA",
        "The pool metadata is corrupted and the pool cannot be opened. | CORRUPT_POOL",
        "The pool metadata is incomplete or corrupted and the pool cannot be opened. |"
            + " CORRUPT_POOL",
        "The pool is formatted using a legacy on-disk format.  The pool can | VERSION_OLDER",
        "The pool has been upgraded to a newer, incompatible on-disk version. | VERSION_NEWER",
        "Some supported features are not enabled on the pool. | FEAT_DISABLED",
        "Some supported and requested features are not enabled on the pool. | FEAT_DISABLED",
        "This pool has a compatibility list specified, but it could not be read | COMPATIBILITY_ERR",
        "One or more features are enabled on the pool despite not being requested by the |"
            + " INCOMPATIBLE_FEAT",
        "The pool cannot be accessed on this system because it uses the following feature(s) |"
            + " UNSUP_FEAT_READ",
        "The pool can only be accessed in read-only mode on this system. | UNSUP_FEAT_WRITE",
        "One or more devices are faulted in response to persistent errors. Sufficient replicas |"
            + " FAULTED_DEV_R",
        "One or more devices are faulted in response to persistent errors.  There are insufficient"
            + " replicas | FAULTED_DEV_NR",
        "One or more failure domains are faulted. | FAULTED_FDOM_R",
        "The pool is suspended because multihost writes failed or were delayed; | IO_FAILURE_MMP",
        "One or more devices are faulted in response to IO failures. | IO_FAILURE_WAIT",
        "An intent log record could not be read. Waiting for adminstrator intervention | BAD_LOG",
        "One or more devices are configured to use a non-native block size. | NON_NATIVE_ASHIFT",
        "Mismatch between pool hostid and system hostid on imported pool. | HOSTID_MISMATCH",
        "Errata #4 detected. | ERRATA",
        "The pool is bored. | UNKNOWN",
      })
  void firstWordsTellTheReason(String status, Code code) {
    assertThat(parse(status, Optional.empty(), "").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://zfsonlinux.org/msg/ZFS-8000-9P",
        "https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-9P"
      })
  void messageIsTheLastPartOfTheAddress(String see) {
    PoolReason reason = parse("A text of tomorrow.", Optional.of(see), "");

    assertThat(reason.messageId()).contains("ZFS-8000-9P");
    assertThat(reason.code()).isEqualTo(Code.FAILING_DEV);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "https://example.org/",
        "msg/ZFS-8000-",
        "msg/ZFS-8000-9",
        "msg/ZFS-8000-9Pq"
      })
  void anythingElseIsNoMessage(String see) {
    assertThat(parse("A text of tomorrow.", Optional.of(see), "").messageId()).isEmpty();
  }

  @Test
  void messageTellsWhetherASuspendedPoolGoesOn() {
    String status = "One or more devices are faulted in response to IO failures.";

    assertThat(parse(status, Optional.of("msg/ZFS-8000-HC"), "").code())
        .isEqualTo(Code.IO_FAILURE_WAIT);
    assertThat(parse(status, Optional.of("msg/ZFS-8000-JQ"), "").code())
        .isEqualTo(Code.IO_FAILURE_CONTINUE);
  }

  @Test
  void rebuildIsToldByTheScan() {
    String scan =
        "resilver (mirror-0) in progress since Mon Jul  7 03:00:00 2025 0B / 1G scanned, 0B / 1G"
            + " issued 0B resilvered, 0.00% done, no estimated completion time";

    assertThat(
            parse("One or more devices is currently being resilvered.", Optional.empty(), scan)
                .code())
        .isEqualTo(Code.REBUILDING);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"VERSION_OLDER", "FEAT_DISABLED", "COMPATIBILITY_ERR", "INCOMPATIBLE_FEAT"},
      mode = Mode.INCLUDE)
  void complaintsOfHealthyPoolsAreCosmetic(Code code) {
    assertThat(code.cosmetic()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"VERSION_OLDER", "FEAT_DISABLED", "COMPATIBILITY_ERR", "INCOMPATIBLE_FEAT"},
      mode = Mode.EXCLUDE)
  void allOthersAreNot(Code code) {
    assertThat(code.cosmetic()).isFalse();
  }

  private static PoolReason parse(String status, Optional<String> see, String scan) {
    Map<String, String> fields = see.map(address -> Map.of("see", address)).orElse(Map.of());
    return PoolReasonParser.parse(status, fields, Optional.of(ScanParser.parse(scan)));
  }
}
