package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartHealth.Sense;
import io.github.proxmoxzfs.domain.SmartHealth.Verdict;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the end of smartctl's line about health.
///
/// Of SCSI disks the codes count, never the words: they are upper case up to 7.3, lower case since
/// 7.4, and others for most codes.
final class SmartHealthParser {
  private static final Pattern SENSE =
      Pattern.compile(".*\\[asc=([0-9a-fA-F]{1,2}), ?ascq=([0-9a-fA-F]{1,2})\\]\\s*+");

  /// More than smartctl prints.
  private static final int LONGEST = 500;

  private static final int FAILURE_PREDICTION = 0x5d;
  private static final int WARNING = 0x0b;

  /// The qualifier with which a disk tries out its prediction of failures (SPC-5: "false").
  private static final int TRIAL = 0xff;

  private SmartHealthParser() {}

  static SmartHealth parse(String health) {
    return switch (health.strip()) {
      case "PASSED", "OK" -> SmartHealth.of(Verdict.PASSED);
      case "FAILED!" -> SmartHealth.of(Verdict.FAILED);
      default -> exception(health).map(SmartHealthParser::of).orElse(SmartHealth.UNKNOWN);
    };
  }

  private static SmartHealth of(Sense exception) {
    Verdict verdict =
        switch (exception.asc()) {
          case FAILURE_PREDICTION -> exception.ascq() == TRIAL ? Verdict.UNKNOWN : Verdict.FAILED;
          case WARNING -> Verdict.WARNING;
          default -> Verdict.UNKNOWN;
        };
    return new SmartHealth(verdict, Optional.of(exception));
  }

  private static Optional<Sense> exception(String health) {
    if (health.length() > LONGEST) {
      return Optional.empty();
    }
    var codes = SENSE.matcher(health);
    return codes.matches()
        ? Optional.of(
            new Sense(Integer.parseInt(codes.group(1), 16), Integer.parseInt(codes.group(2), 16)))
        : Optional.empty();
  }
}
