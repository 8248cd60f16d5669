package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartValue;
import java.util.List;

/// Reads smartctl's text about an NVMe disk: a label, blanks and a value in each line, found by the
/// label in any order.
final class NvmeTextParser {
  /// The headline of the log; since 7.5 a namespace may stand behind it.
  private static final String HEADLINE = "SMART/Health Information (NVMe Log 0x02";

  /// A unit of data is a thousand sectors of 512 bytes (NVM Express base specification 2.0,
  /// 5.16.1).
  private static final long DATA_UNIT = 512_000;

  private static final long SECONDS_PER_HOUR = 3_600;

  private NvmeTextParser() {}

  static boolean isNvme(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith(HEADLINE));
  }

  static SmartValues parse(List<String> lines) {
    var values = new SmartValues();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        read(line.substring(0, colon), line.substring(colon + 1).strip(), values);
      }
    }
    return values;
  }

  private static void read(String label, String text, SmartValues values) {
    switch (label) {
      case "Critical Warning" ->
          values.put(SmartValue.CRITICAL_WARNING, SmartNumbers.hexByte(text), 1);
      case "Temperature" ->
          values.put(SmartValue.TEMPERATURE_CELSIUS, SmartNumbers.celsius(text), 1);
      case "Available Spare" ->
          values.put(SmartValue.AVAILABLE_SPARE_PERCENT, SmartNumbers.percentage(text), 1);
      case "Available Spare Threshold" ->
          values.put(
              SmartValue.AVAILABLE_SPARE_THRESHOLD_PERCENT, SmartNumbers.percentage(text), 1);
      case "Percentage Used" -> values.putUsed(SmartNumbers.percentage(text));
      case "Data Units Read" ->
          values.put(SmartValue.BYTES_READ, SmartNumbers.count(text), DATA_UNIT);
      case "Data Units Written" ->
          values.put(SmartValue.BYTES_WRITTEN, SmartNumbers.count(text), DATA_UNIT);
      case "Power Cycles" -> values.put(SmartValue.POWER_CYCLES, SmartNumbers.count(text), 1);
      case "Power On Hours" ->
          values.put(SmartValue.POWER_ON_SECONDS, SmartNumbers.count(text), SECONDS_PER_HOUR);
      case "Media and Data Integrity Errors" ->
          values.put(SmartValue.MEDIA_ERRORS, SmartNumbers.count(text), 1);
      case "Error Information Log Entries" ->
          values.put(SmartValue.ERROR_LOG_ENTRIES, SmartNumbers.count(text), 1);
      default -> {
        // Much else stands there that nobody needs.
      }
    }
  }
}
