package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolReason.Code;
import io.github.proxmoxzfs.domain.Scan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the fields `status`, `see` and `action`: why ZFS complains. The first words of `status`
/// tell (`print_status_reason` in `cmd/zpool/zpool_main.c` of all releases); where they do not, the
/// message in `see` does.
final class PoolReasonParser {
  /// The first words of a text, with one blank between words, and what they mean.
  private record Opening(String words, Code code) {}

  private static final List<Opening> OPENINGS =
      List.of(
          new Opening(
              "One or more devices could not be opened. Sufficient replicas", Code.MISSING_DEV_R),
          new Opening("One or more devices could not be opened. There are", Code.MISSING_DEV_NR),
          new Opening(
              "One or more devices could not be used because the label is missing or invalid."
                  + " Sufficient",
              Code.CORRUPT_LABEL_R),
          new Opening(
              "One or more devices could not be used because the label is missing or invalid."
                  + " There are",
              Code.CORRUPT_LABEL_NR),
          new Opening(
              "One or more devices has experienced an unrecoverable error", Code.FAILING_DEV),
          new Opening(
              "One or more devices has been taken offline by the administrator", Code.OFFLINE_DEV),
          new Opening(
              "One or more devices has been removed by the administrator", Code.REMOVED_DEV),
          new Opening("One or more devices have been removed", Code.REMOVED_DEV),
          new Opening("One or more devices is currently being resilvered", Code.RESILVERING),
          new Opening("One or more devices have been sequentially resilvered", Code.REBUILD_SCRUB),
          new Opening(
              "One or more devices has experienced an error resulting in data corruption",
              Code.CORRUPT_DATA),
          new Opening("The pool metadata is corrupted", Code.CORRUPT_POOL),
          new Opening("The pool metadata is incomplete or corrupted", Code.CORRUPT_POOL),
          new Opening("The pool is formatted using a legacy on-disk format", Code.VERSION_OLDER),
          new Opening("The pool has been upgraded to a newer, incompatible", Code.VERSION_NEWER),
          new Opening("Some supported features are not enabled", Code.FEAT_DISABLED),
          new Opening("Some supported and requested features are not enabled", Code.FEAT_DISABLED),
          new Opening("This pool has a compatibility list specified", Code.COMPATIBILITY_ERR),
          new Opening(
              "One or more features are enabled on the pool despite not being requested",
              Code.INCOMPATIBLE_FEAT),
          new Opening(
              "The pool cannot be accessed on this system because it uses", Code.UNSUP_FEAT_READ),
          new Opening("The pool can only be accessed in read-only mode", Code.UNSUP_FEAT_WRITE),
          new Opening(
              "One or more devices are faulted in response to persistent errors. Sufficient",
              Code.FAULTED_DEV_R),
          new Opening(
              "One or more devices are faulted in response to persistent errors. There are",
              Code.FAULTED_DEV_NR),
          new Opening("One or more failure domains are faulted", Code.FAULTED_FDOM_R),
          new Opening("The pool is suspended because multihost writes failed", Code.IO_FAILURE_MMP),
          new Opening(
              "One or more devices are faulted in response to IO failures", Code.IO_FAILURE_WAIT),
          new Opening("An intent log record could not be read", Code.BAD_LOG),
          new Opening(
              "One or more devices are configured to use a non-native block size",
              Code.NON_NATIVE_ASHIFT),
          new Opening("Mismatch between pool hostid and system hostid", Code.HOSTID_MISMATCH),
          new Opening("Errata #", Code.ERRATA));

  private static final Map<String, Code> MESSAGES =
      Map.ofEntries(
          Map.entry("ZFS-8000-14", Code.CORRUPT_CACHE),
          Map.entry("ZFS-8000-2Q", Code.MISSING_DEV_R),
          Map.entry("ZFS-8000-3C", Code.MISSING_DEV_NR),
          Map.entry("ZFS-8000-4J", Code.CORRUPT_LABEL_R),
          Map.entry("ZFS-8000-5E", Code.CORRUPT_LABEL_NR),
          Map.entry("ZFS-8000-6X", Code.BAD_GUID_SUM),
          Map.entry("ZFS-8000-72", Code.CORRUPT_POOL),
          Map.entry("ZFS-8000-8A", Code.CORRUPT_DATA),
          Map.entry("ZFS-8000-9P", Code.FAILING_DEV),
          Map.entry("ZFS-8000-A5", Code.VERSION_NEWER),
          Map.entry("ZFS-8000-EY", Code.HOSTID_MISMATCH),
          Map.entry("ZFS-8000-HC", Code.IO_FAILURE_WAIT),
          Map.entry("ZFS-8000-JQ", Code.IO_FAILURE_CONTINUE),
          Map.entry("ZFS-8000-MM", Code.IO_FAILURE_MMP),
          Map.entry("ZFS-8000-K4", Code.BAD_LOG),
          Map.entry("ZFS-8000-ER", Code.ERRATA));

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private PoolReasonParser() {}

  /// Reads why ZFS complains.
  ///
  /// @param status what it says
  /// @param fields the texts of the pool
  /// @param scan what the pool is doing: ZFS uses the same words for a resilver and a rebuild
  static PoolReason parse(String status, Map<String, String> fields, Optional<Scan> scan) {
    Optional<String> messageId =
        Optional.ofNullable(fields.get("see")).flatMap(PoolReasonParser::messageId);
    return new PoolReason(
        code(status, messageId, scan),
        messageId,
        status,
        Optional.ofNullable(fields.get("action")));
  }

  private static Code code(String status, Optional<String> messageId, Optional<Scan> scan) {
    Optional<Code> byMessage = messageId.map(MESSAGES::get);
    Code byText = byText(status).or(() -> byMessage).orElse(Code.UNKNOWN);
    if (byText == Code.IO_FAILURE_WAIT) {
      return byMessage.orElse(byText); // the words do not tell whether the pool waits or goes on
    }
    return byText == Code.RESILVERING && scan.filter(PoolReasonParser::isRebuild).isPresent()
        ? Code.REBUILDING
        : byText;
  }

  private static Optional<Code> byText(String status) {
    // Lines are wrapped elsewhere in other releases, and the double blank behind a stop with them.
    String words = status.strip().replaceAll("\\s++", " ");
    return OPENINGS.stream()
        .filter(opening -> words.startsWith(opening.words))
        .map(Opening::code)
        .findFirst();
  }

  private static boolean isRebuild(Scan scan) {
    return scan instanceof Scan.InProgress(Scan.Subject subject, _, _)
        && subject.function() == Scan.Function.REBUILD;
  }

  /// The last part of `https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-9P` (until 0.8
  /// `http://zfsonlinux.org/msg/…`), if it has the form of a message's name: it becomes a label.
  private static Optional<String> messageId(String see) {
    var cursor = new Cursor(see.substring(see.lastIndexOf('/') + 1));
    cursor.expect("ZFS-8000-");
    String name = "ZFS-8000-" + cursor.letter(LETTERS) + cursor.letter(LETTERS);
    return cursor.fits() && !name.endsWith(" ") ? Optional.of(name) : Optional.empty();
  }
}
