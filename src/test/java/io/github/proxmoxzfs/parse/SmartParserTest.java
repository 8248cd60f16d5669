package io.github.proxmoxzfs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartHealth;
import io.github.proxmoxzfs.domain.SmartReport;
import io.github.proxmoxzfs.domain.SmartReport.Silent;
import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each form means that smartctl 6.6 to 7.5 prints;
/// [io.github.proxmoxzfs.pve.RecordedSmartTest] reads whole answers.
class SmartParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PASSED                                                        | PASSED
          OK                                                            | PASSED
          FAILED!                                                       | FAILED
          UNKNOWN!                                                      | UNKNOWN
          passed                                                        | UNKNOWN
          # 7.2 and 7.3, upper case
          FAILURE PREDICTION THRESHOLD EXCEEDED [asc=5d, ascq=0]        | FAILED 5d/0
          MEDIA FAILURE PREDICTION THRESHOLD EXCEEDED [asc=5d, ascq=1]  | FAILED 5d/1
          SERVO IMPENDING FAILURE SEEK ERROR RATE TOO HIGH [asc=5d, ascq=43] | FAILED 5d/43
          FAILURE PREDICTION THRESHOLD EXCEEDED: ascq=0xd [asc=5d, ascq=d] | FAILED 5d/d
          FAILURE PREDICTION THRESHOLD EXCEEDED (FALSE) [asc=5d, ascq=ff] | UNKNOWN 5d/ff
          WARNING - SPECIFIED TEMPERATURE EXCEEDED [asc=b, ascq=1]      | WARNING b/1
          WARNING: ascq=0x3 [asc=b, ascq=3]                             | WARNING b/3
          # 7.4 and 7.5, lower case
          Failure prediction threshold exceeded [asc=5d, ascq=0]        | FAILED 5d/0
          Media impending failure endurance limit met [asc=5d, ascq=73] | FAILED 5d/73
          Failure prediction threshold exceeded (false) [asc=5d, ascq=ff] | UNKNOWN 5d/ff
          Warning - background self-test failed [asc=b, ascq=3]         | WARNING b/3
          Anything of a later version [asc=5d, ascq=99]                 | FAILED 5d/99
          Anything of a later version [asc=15, ascq=1]                  | UNKNOWN 15/1
          FAILURE                                                       | UNKNOWN
          """)
  void healthIsReadByItsCodes(String line, String expected) {
    SmartHealth health = SmartHealthParser.parse(line);

    assertThat(
            health.verdict()
                + health
                    .exception()
                    .map(
                        sense ->
                            " "
                                + Integer.toHexString(sense.asc())
                                + "/"
                                + Integer.toHexString(sense.ascq()))
                    .orElse(""))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          Temperature:                        36 Celsius                | TEMPERATURE_CELSIUS | 36
          Temperature:                        -73 Celsius               | TEMPERATURE_CELSIUS | -73
          Temperature:                        -                         | TEMPERATURE_CELSIUS |
          Available Spare:                    100%                      | AVAILABLE_SPARE_PERCENT | 100
          Available Spare Threshold:          10%                       | AVAILABLE_SPARE_THRESHOLD_PERCENT | 10
          Percentage Used:                    255%                      | PERCENTAGE_USED | 255
          Percentage Used:                    255%                      | WEAROUT_REMAINING_RATIO | -1.55
          Critical Warning:                   0x3f                      | CRITICAL_WARNING | 63
          Data Units Read:                    12,345,678 [6.32 TB]      | BYTES_READ | 6320987136000
          Data Units Written:                 5.592.478 [2,86 TB]       | BYTES_WRITTEN | 2863348736000
          Power Cycles:                       1'953                     | POWER_CYCLES | 1953
          Power On Hours:                     6 870                     | POWER_ON_SECONDS | 24732000
          Power On Hours:                     6\u00a0870                | POWER_ON_SECONDS | 24732000
          Power On Hours:                     6\u202f870                | POWER_ON_SECONDS | 24732000
          Power Cycles:                       12,34,567                 | POWER_CYCLES | 1234567
          Power Cycles:                       ~18446744073709551616     | POWER_CYCLES | 18446744073709551616
          Media and Data Integrity Errors:    340282366920938463463374607431768211455 | MEDIA_ERRORS | 340282366920938463463374607431768211455
          Error Information Log Entries:      many                      | ERROR_LOG_ENTRIES |
          Media and Data Integrity Errors:    1e3                       | MEDIA_ERRORS |
          Warning  Comp. Temperature Time:    1234                      | TEMPERATURE_CELSIUS |
          Temperature Sensor 1:               45 Celsius                | TEMPERATURE_CELSIUS |
          """)
  void nvmeLinesAreReadByTheirLabels(String line, SmartValue value, @Nullable String expected) {
    for (String namespace : List.of("", ", NSID 0xffffffff", ", NSID 0x1")) {
      String headline = "\nSMART/Health Information (NVMe Log 0x02" + namespace + ")\n";
      assertThat(value(text(headline + line + "\n\n"), value))
          .isEqualTo(Optional.ofNullable(expected));
    }
    // Not the log of an NVMe disk.
    assertThat(value(text("\n" + line + "\n"), value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Current Drive Temperature:     32 C                    | TEMPERATURE_CELSIUS | 32
          Current Drive Temperature:     <not available>         | TEMPERATURE_CELSIUS |
          Current Drive Temperature:     0 C                     | TEMPERATURE_CELSIUS |
          Accumulated power on time, hours:minutes 43460:54      | POWER_ON_SECONDS | 156459240
          Accumulated power on time, hours:minutes 1:2:3         | POWER_ON_SECONDS |
          Power on minutes since format = 2607000                | POWER_ON_SECONDS |
          '  number of hours powered up = 12.50'                 | POWER_ON_SECONDS | 45000.00
          Elements in grown defect list: 12                      | GROWN_DEFECTS | 12
          Grown defect list length=64 bytes [unknown number of elements] | GROWN_DEFECTS |
          Read defect list: asked for grown list but didn't get it | GROWN_DEFECTS |
          Percentage used endurance indicator: 4%                | PERCENTAGE_USED | 4
          Percentage used endurance indicator: 4%                | WEAROUT_REMAINING_RATIO | 0.96
          """)
  void scsiLinesAreReadByTheirLabels(String line, SmartValue value, @Nullable String expected) {
    assertThat(value(text("\nDrive Trip Temperature:        68 C\n" + line + "\n\n"), value))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # id | name                  | raw                    | value                | expected
          194 | Temperature_Celsius     | 25                     | TEMPERATURE_CELSIUS  | 25
          194 | Temperature_Celsius     | 25 (Min/Max 20/45)     | TEMPERATURE_CELSIUS  | 25
          194 | Temperature_Celsius     | 33 (Min/Max 28/39 #12) | TEMPERATURE_CELSIUS  | 33
          194 | Temperature_Celsius     | 25 (0 0 31 26 0)       | TEMPERATURE_CELSIUS  | 25
          194 | Temperature_Internal    | 38.5                   | TEMPERATURE_CELSIUS  | 38.5
          194 | Temperature_Celsius     | 0                      | TEMPERATURE_CELSIUS  |
          194 | Temperature_Celsius     | 128                    | TEMPERATURE_CELSIUS  |
          194 | Temperature_Celsius     | 12885032961            | TEMPERATURE_CELSIUS  |
          194 | Temperature_Celsius     | -5                     | TEMPERATURE_CELSIUS  |
          194 | Fractional_Temperature  | 31                     | TEMPERATURE_CELSIUS  |
          194 | Proprietary_194         | 31                     | TEMPERATURE_CELSIUS  |
          190 | Airflow_Temperature_Cel | 31                     | TEMPERATURE_CELSIUS  | 31
          190 | Temperature_Case        | 31                     | TEMPERATURE_CELSIUS  | 31
          190 | Drive_Temp_Warning      | 31                     | TEMPERATURE_CELSIUS  |
          190 | SATA_Error_Ct           | 31                     | TEMPERATURE_CELSIUS  |
          231 | Temperature_Celsius     | 99                     | TEMPERATURE_CELSIUS  |
            9 | Power_On_Hours          | 43460                  | POWER_ON_SECONDS     | 156456000
            9 | Power_On_Hours          | 43460 (0 18 52)        | POWER_ON_SECONDS     | 156456000
            9 | Power_On_Hours          | 1234h+59m+59s          | POWER_ON_SECONDS     | 4445999
            9 | Power_On_Hours          | 1433h+20m              | POWER_ON_SECONDS     | 5160000
            9 | Power_On_Hours          | 1433h+20m (3)          | POWER_ON_SECONDS     | 5160000
            9 | Power_On_Hours_and_Msec | 1234h+00m+57.920s      | POWER_ON_SECONDS     | 4442457.920
            9 | Power_On_Hours          | 16777216               | POWER_ON_SECONDS     |
            9 | Power_On_Hours          | 0x123456789abc         | POWER_ON_SECONDS     |
            9 | Power_On_Hours          | 12h+99m                | POWER_ON_SECONDS     |
            9 | Power_On_Minutes        | 61                     | POWER_ON_SECONDS     |
            9 | Power_On_Minutes        | 1h+01m                 | POWER_ON_SECONDS     | 3660
            9 | Unknown_Attribute       | 61                     | POWER_ON_SECONDS     |
           12 | Power_Cycle_Count       | 42 (5 4 3)             | POWER_CYCLES         | 42
           12 | Unknown_Attribute       | 42                     | POWER_CYCLES         |
          241 | Host_Writes_32MiB       | 123456                 | BYTES_WRITTEN        | 4142495956992
          225 | Host_Writes_32MiB       | 2                      | BYTES_WRITTEN        | 67108864
          242 | Lifetime_Reads_GiB      | 2                      | BYTES_READ           | 2147483648
          241 | Total_Writes_GB         | 2                      | BYTES_WRITTEN        | 2000000000
          241 | Total_LBAs_Written      | 2111                   | BYTES_WRITTEN        |
          241 | Flash_Writes_GiB        | 2                      | BYTES_WRITTEN        |
          241 | NAND_Writes_1GiB        | 2                      | BYTES_WRITTEN        |
          241 | Host_Writes             | 2                      | BYTES_WRITTEN        |
          233 | Media_Wearout_Indicator | 0                      | WEAROUT_REMAINING_RATIO | 0.97
          230 | Media_Wearout_Indicator | 0                      | WEAROUT_REMAINING_RATIO |
          202 | Percent_Lifetime_Used   | 3                      | WEAROUT_REMAINING_RATIO | 0.97
          177 | Wear_Range_Delta        | 3                      | WEAROUT_REMAINING_RATIO |
          231 | SSD_Life_Left           | 4294967296             | WEAROUT_REMAINING_RATIO | 0.97
          202 | Unknown_SSD_Attribute   | 4                      | WEAROUT_REMAINING_RATIO |
          """)
  void attributesAreReadByTheirNames(
      String id, String name, String raw, SmartValue value, @Nullable String expected) {
    assertThat(value(table(row(id, name, 97, raw)), value))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            5 | Reallocated_Sector_Ct  | 9              | 9
            5 | Reallocated_Sector_Ct  | 7 (2 1)        | 7
            5 | Retired_Block_Count    | 9              | 9
            5 | Reallocated_Sector_Ct  | 4 4 9          | 9
            5 | Reallocated_Sector_Ct  | 18 52 86 120 154 188 | 188
            5 | Reallocated_Sector_Ct  | 0x00000000000a | 10
            5 | Reallocated_Sector_Ct  | 4/17           | 4
            5 | Reallocated_Sector_Ct  | 1h+2m          | none
            5 | Grown_Failing_Block_Ct | 9              | lost
          187 | Reported_Uncorrect     | 3              | 3
          187 | Total_Unc_NAND_Reads   | 3              | lost
          188 | Command_Timeout        | 4              | 4
          188 | Command_Timeout        | 4 4 9          | 9
          188 | Command_Timeout        | 4295032833     | 1
          188 | Command_Timeout        | 12885032961    | none
          188 | Command_Timeout        | 9 4 4          | none
          197 | Current_Pending_Sector | 8              | 8
          197 | Current_Pending_ECC_Cnt | 1             | lost
          197 | Not_In_Use             | 1              | lost
          198 | Offline_Uncorrectable  | 8              | 8
          198 | Host_Reads_GiB         | 8              | lost
          199 | UDMA_CRC_Error_Count   | 2              | 2
          199 | SATA_CRC_Error_Count   | 2              | 2
          199 | Host_Writes_GiB        | 2              | lost
          177 | Wear_Leveling_Count    | 33             | none
            1 | Raw_Read_Error_Rate    | 219523744      | lost
          """)
  void countsAreReadWhereTheNameFits(String id, String name, String raw, String expected) {
    SmartReport report = SmartParser.parse(table(row(id, name, 100, raw)));
    List<SmartAttribute> attributes = ((SmartReport.Told) report).attributes();

    assertThat(
            attributes.stream()
                .findFirst()
                .map(attribute -> attribute.raw().map(BigInteger::toString).orElse("none"))
                .orElse("lost"))
        .isEqualTo(expected);
  }

  @Test
  void theDisksOwnTemperatureGoesBeforeThatOfTheAir() {
    assertThat(
            value(
                table(
                    row("190", "Airflow_Temperature_Cel", 70, "30"),
                    row("194", "Temperature_Celsius", 70, "41")),
                SmartValue.TEMPERATURE_CELSIUS))
        .contains("41");
  }

  @Test
  void theWearoutIsTheOneThatProxmoxShows() {
    assertThat(
            value(
                table(
                    row("177", "Wear_Leveling_Count", 98, "33"),
                    row("233", "Media_Wearout_Indicator", 200, "55")),
                SmartValue.WEAROUT_REMAINING_RATIO))
        .contains("1.00");
  }

  @ParameterizedTest
  @CsvSource({
    "false, , UNKNOWN, , NO_ANSWER",
    "true, , SMART Disabled, , DISABLED",
    "true, , UNKNOWN, , UNSUPPORTED",
    "true, text, UNKNOWN, Read NVMe SMART/Health Information failed: x, UNREADABLE",
    "true, text, OK, 'Current Drive Temperature:     0 C\nDrive Trip Temperature:        0 C\n',"
        + " UNSUPPORTED",
  })
  void whatSaysNothingIsSilent(
      boolean ran,
      @Nullable String type,
      String health,
      @Nullable String text,
      Silent.Cause expected) {
    assertThat(
            SmartParser.parse(
                new SmartText(
                    ran, Optional.ofNullable(type), health, Optional.ofNullable(text), List.of())))
        .isEqualTo(new Silent(expected));
  }

  private static SmartText text(String text) {
    return new SmartText(true, Optional.of("text"), "PASSED", Optional.of(text), List.of());
  }

  private static SmartText table(SmartRow... rows) {
    return new SmartText(true, Optional.of("ata"), "PASSED", Optional.empty(), Arrays.asList(rows));
  }

  private static SmartRow row(String id, String name, int value, String raw) {
    String digits = Integer.toString(value);
    return new SmartRow("  " + id, name, "PO--CK", digits, digits, "0", "-", raw);
  }

  private static Optional<String> value(SmartText text, SmartValue value) {
    return SmartParser.parse(text) instanceof SmartReport.Told told
        ? told.value(value).map(BigDecimal::toPlainString)
        : Optional.empty();
  }
}
