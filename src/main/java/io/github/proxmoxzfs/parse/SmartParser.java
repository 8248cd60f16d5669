package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartHealth.Verdict;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartReport.Protocol;
import io.github.proxmoxzfs.domain.SmartReport.Silent;
import io.github.proxmoxzfs.domain.SmartReport.Silent.Cause;
import java.util.List;

/// Makes a [SmartReport] of what smartctl printed of one disk. It takes any text: what it does not
/// understand, or what is known to be untrustworthy, is left out. It does not throw and takes
/// linear time.
public final class SmartParser {
  private static final String DISABLED = "SMART Disabled";
  private static final String UNKNOWN = "UNKNOWN";

  private SmartParser() {}

  /// Reads what there is of one disk.
  public static SmartReport parse(SmartText text) {
    if (!text.ran()) {
      return new Silent(Cause.NO_ANSWER);
    }
    if (text.health().equals(DISABLED)) {
      return new Silent(Cause.DISABLED);
    }
    SmartHealth health = SmartHealthParser.parse(text.health());
    if (text.type().isEmpty() && text.health().equals(UNKNOWN)) {
      return new Silent(Cause.UNSUPPORTED);
    }
    if (text.type().filter("ata"::equals).isPresent()) {
      AtaTableParser.Result table = AtaTableParser.parse(text.attributes());
      return new SmartReport.Told(Protocol.ATA, health, table.values().all(), table.attributes());
    }
    return ofText(text.text().orElse("").lines().toList(), health);
  }

  private static SmartReport ofText(List<String> lines, SmartHealth health) {
    if (NvmeTextParser.isNvme(lines)) {
      return told(Protocol.NVME, health, NvmeTextParser.parse(lines));
    }
    if (ScsiTextParser.isScsi(lines)) {
      ScsiTextParser.Result scsi = ScsiTextParser.parse(lines);
      if (scsi.hasNoSmart() && health.verdict() == Verdict.PASSED) {
        return scsi.values().isEmpty()
            ? new Silent(Cause.UNSUPPORTED)
            : told(Protocol.SCSI, SmartHealth.UNKNOWN, scsi.values());
      }
      return told(Protocol.SCSI, health, scsi.values());
    }
    return told(Protocol.UNKNOWN, health, new SmartValues());
  }

  private static SmartReport told(Protocol protocol, SmartHealth health, SmartValues values) {
    boolean nothing =
        health.verdict() == Verdict.UNKNOWN && health.exception().isEmpty() && values.isEmpty();
    return nothing
        ? new Silent(Cause.UNREADABLE)
        : new SmartReport.Told(protocol, health, values.all(), List.of());
  }
}
