package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Checkpoint;
import io.github.proxmoxzfs.domain.Condensing;
import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.Expansion;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolReason;
import io.github.proxmoxzfs.domain.PoolStatus;
import io.github.proxmoxzfs.domain.Removal;
import io.github.proxmoxzfs.domain.Scan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Makes a [PoolStatus] of the texts of one pool. It takes any text: what it does not understand
/// becomes `Unknown` in its place and costs nothing else. It does not throw and takes linear time.
public final class PoolStatusParser {
  private final Map<String, String> fields;
  private final Map<String, String> unknownTexts = new HashMap<>();

  private PoolStatusParser(Map<String, String> fields) {
    this.fields = fields;
  }

  /// Reads the texts of one pool.
  public static PoolStatus parse(PoolStatusText text) {
    return new PoolStatusParser(text.fields()).read(text);
  }

  private PoolStatus read(PoolStatusText text) {
    PoolHealth health =
        field("state", PoolHealth::of, PoolHealth.UNKNOWN::equals).orElse(PoolHealth.UNKNOWN);
    Optional<Scan> scan = field("scan", ScanParser::parse, Scan.Unknown.class::isInstance);
    Optional<Scan> errorScrub = field("scrub", ScanParser::parse, Scan.Unknown.class::isInstance);
    DataErrors errors =
        field("errors", DataErrorsParser::parse, DataErrors.Unknown.class::isInstance)
            .orElseGet(DataErrors.Unavailable::new);
    Optional<PoolReason> reason =
        field(
            "status",
            status -> PoolReasonParser.parse(status, fields, scan),
            complaint -> complaint.code() == PoolReason.Code.UNKNOWN);
    Optional<Removal> removal =
        field("remove", RemovalParser::parse, Removal.Unknown.class::isInstance);
    Optional<Expansion> expansion =
        field("expand", ExpansionParser::parse, Expansion.Unknown.class::isInstance);
    Optional<Checkpoint> checkpoint =
        field("checkpoint", CheckpointParser::parse, Checkpoint.Unknown.class::isInstance);
    Optional<Condensing> condensing =
        field("condense", CondensingParser::parse, Condensing.Unknown.class::isInstance);
    var table = VdevTableParser.parse(Optional.ofNullable(fields.get("name")), text.children());
    table.unknown().stream().findFirst().ifPresent(first -> unknownTexts.put("vdev", first));
    return new PoolStatus(
        health,
        scan,
        errorScrub,
        errors,
        reason,
        removal,
        expansion,
        checkpoint,
        condensing,
        table.vdevs(),
        unknownTexts);
  }

  /// Reads a field, if there is one, and keeps its text if it is not understood.
  private <T> Optional<T> field(String name, Function<String, T> read, Predicate<T> isUnknown) {
    String text = fields.get(name);
    if (text == null) {
      return Optional.empty();
    }
    T value = read.apply(text);
    if (isUnknown.test(value)) {
      unknownTexts.put(name, text);
    }
    return Optional.of(value);
  }
}
