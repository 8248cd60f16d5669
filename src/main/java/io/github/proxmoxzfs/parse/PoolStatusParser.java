package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.DataErrors;
import io.github.proxmoxzfs.domain.PoolHealth;
import io.github.proxmoxzfs.domain.PoolStatus;
import java.util.Map;
import java.util.Optional;

/// Makes a [PoolStatus] of the texts of one pool. It takes any text: what it does not understand
/// becomes `Unknown` in its place and costs nothing else. It does not throw and takes linear time.
public final class PoolStatusParser {
  private PoolStatusParser() {}

  /// Reads the texts of one pool.
  public static PoolStatus parse(PoolStatusText text) {
    Map<String, String> fields = text.fields();
    return new PoolStatus(
        PoolHealth.of(fields.getOrDefault("state", "")),
        Optional.ofNullable(fields.get("scan")).map(ScanParser::parse),
        Optional.ofNullable(fields.get("scrub")).map(ScanParser::parse),
        Optional.ofNullable(fields.get("errors"))
            .map(DataErrorsParser::parse)
            .orElseGet(DataErrors.Unavailable::new));
  }
}
