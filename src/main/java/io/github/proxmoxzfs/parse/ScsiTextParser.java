package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads smartctl's text about a SCSI or SAS disk.
final class ScsiTextParser {
  private static final String TEMPERATURE = "Current Drive Temperature:";
  private static final String TRIP_TEMPERATURE = "Drive Trip Temperature:";
  private static final String ENDURANCE = "Percentage used endurance indicator:";
  private static final String POWER_ON = "Accumulated power on time, hours:minutes ";
  private static final String GROWN_DEFECTS = "Elements in grown defect list:";

  /// Up to 6.6, of Seagate and Hitachi disks.
  private static final String POWERED_UP = "number of hours powered up = ";

  /// Each of these stands in the text of no other kind of disk.
  private static final List<String> SIGNS =
      List.of(
          TEMPERATURE,
          TRIP_TEMPERATURE,
          ENDURANCE,
          POWER_ON,
          GROWN_DEFECTS,
          "Log Sense ",
          "Request Sense ",
          "Grown defect",
          "Read defect list",
          "Specified cycle count over device lifetime:",
          "Accumulated start-stop cycles:",
          "TapeAlert ");

  private static final Pattern HOURS_MINUTES = Pattern.compile("(\\d{1,9}):([0-5]\\d)");
  private static final Pattern HOURS = Pattern.compile("\\d{1,9}\\.\\d\\d");
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  private final SmartValues values = new SmartValues();
  private Optional<BigInteger> temperature = Optional.empty();
  private Optional<BigInteger> tripTemperature = Optional.empty();

  private ScsiTextParser() {}

  /// What was read.
  ///
  /// @param values the numbers
  /// @param hasNoSmart the disk has neither a page of temperatures nor one of informational
  ///   exceptions: its temperatures are made up, and so is smartctl's `OK`
  record Result(SmartValues values, boolean hasNoSmart) {}

  static boolean isScsi(List<String> lines) {
    return lines.stream().anyMatch(line -> SIGNS.stream().anyMatch(line::startsWith));
  }

  static Result parse(List<String> lines) {
    var parser = new ScsiTextParser();
    lines.forEach(parser::read);
    return parser.result();
  }

  private Result result() {
    // smartctl prints 0 of a temperature that nothing tells; no disk is that cold.
    values.put(SmartValue.TEMPERATURE_CELSIUS, temperature.filter(known -> known.signum() != 0), 1);
    var made = Optional.of(BigInteger.ZERO);
    return new Result(values, temperature.equals(made) && tripTemperature.equals(made));
  }

  private void read(String line) {
    if (line.startsWith(TEMPERATURE)) {
      temperature = temperature.or(() -> SmartNumbers.celsius(behind(TEMPERATURE, line)));
    } else if (line.startsWith(TRIP_TEMPERATURE)) {
      tripTemperature =
          tripTemperature.or(() -> SmartNumbers.celsius(behind(TRIP_TEMPERATURE, line)));
    } else if (line.startsWith(ENDURANCE)) {
      values.putUsed(SmartNumbers.percentage(behind(ENDURANCE, line)));
    } else if (line.startsWith(POWER_ON)) {
      values.put(SmartValue.POWER_ON_SECONDS, hoursAndMinutes(behind(POWER_ON, line)));
    } else if (line.startsWith(GROWN_DEFECTS)) {
      values.put(SmartValue.GROWN_DEFECTS, SmartNumbers.count(behind(GROWN_DEFECTS, line)), 1);
    } else if (line.strip().startsWith(POWERED_UP)) {
      values.put(SmartValue.POWER_ON_SECONDS, hours(behind(POWERED_UP, line.strip())));
    }
  }

  private static String behind(String label, String line) {
    return line.substring(label.length()).strip();
  }

  private static Optional<BigDecimal> hoursAndMinutes(String text) {
    var time = HOURS_MINUTES.matcher(text);
    return time.matches()
        ? Optional.of(
            BigDecimal.valueOf(
                (Long.parseLong(time.group(1)) * 60 + Long.parseLong(time.group(2))) * 60))
        : Optional.empty();
  }

  private static Optional<BigDecimal> hours(String text) {
    return HOURS.matcher(text).matches()
        ? Optional.of(new BigDecimal(text).multiply(SECONDS_PER_HOUR))
        : Optional.empty();
  }
}
