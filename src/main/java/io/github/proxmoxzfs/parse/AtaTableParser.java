package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartAttribute;
import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads the table of attributes of an ATA disk. The numbers of attributes are the makers' to give,
/// so that a row counts only where smartctl's drive database calls it by a name that is known.
final class AtaTableParser {
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);

  /// What smartctl itself takes for hours at most.
  private static final BigDecimal MOST_SECONDS =
      BigDecimal.valueOf(0xffffff).multiply(SECONDS_PER_HOUR);

  private static final BigDecimal TOO_HOT = BigDecimal.valueOf(128);

  private static final Pattern REALLOCATED =
      Pattern.compile(
          "Reallocated_Sector_Ct|Retired_Block_Count|Reallocate_NAND_Blk_Cnt"
              + "|Reallocated_Block_Count|Realloc_Flash_Blocks_Ct|New_Bad_Block_Count");
  private static final Pattern UNCORRECTABLE =
      Pattern.compile("Reported_Uncorrect|Uncorrectable_Error_Cnt|Uncorrectable_ECC_Ct");

  /// `Fractional_Temperature` and `Drive_Temp_Warning` are none.
  private static final Pattern TEMPERATURE = Pattern.compile("(?!Fractional|.*Warning).*Temp.*");

  private static final Pattern OTHER_TEMPERATURE =
      Pattern.compile(
          "Airflow_Temperature_Cel|Temperature_Case|Case_Temperature|Drive_Temperature"
              + "|Temperature_Celsius");

  /// The unit in the name is the drive database's word. `Total_LBAs_Written` is also the name where
  /// it does not know the disk, and then the unit may be any.
  private static final Pattern HOST_BYTES =
      Pattern.compile("(?:Host|Lifetime|Total)_(Writes|Reads)_(32MiB|GiB|MiB|GB)");

  /// The names of what is left of an SSD's life, the first of which counts, as in pve-storage
  /// `PVE/Diskmanage.pm`. Their normalised values are percentages, their raw ones are not.
  private static final List<String> WEAROUT =
      List.of(
          "Media_Wearout_Indicator",
          "SSD_Life_Left",
          "Wear_Leveling_Count",
          "Perc_Write/Erase_Ct_BC",
          "Perc_Rated_Life_Remain",
          "Remaining_Lifetime_Perc",
          "Percent_Lifetime_Remain",
          "Lifetime_Left",
          "PCT_Life_Remaining",
          "Lifetime_Remaining",
          "Percent_Life_Remaining",
          "Percent_Lifetime_Used",
          "Perc_Rated_Life_Used");

  /// An id under which WD and SandForce keep something else by the name of a wearout.
  private static final int VENDOR_CODED = 230;

  private static final int MOST = 255;

  private final SmartValues values = new SmartValues();
  private final List<SmartAttribute> attributes = new ArrayList<>();

  private AtaTableParser() {}

  /// A row with its numbers read.
  private record Row(int id, String name, int value, SmartRow row, RawValue raw) {}

  /// What was read.
  ///
  /// @param values the numbers
  /// @param attributes the rows worth telling
  record Result(SmartValues values, List<SmartAttribute> attributes) {}

  static Result parse(List<SmartRow> table) {
    var parser = new AtaTableParser();
    List<Row> rows = table.stream().flatMap(row -> row(row).stream()).toList();
    rows.forEach(parser::read);
    // The disk's own temperature before that of the air around it.
    rows.forEach(parser::readOtherTemperature);
    parser.readWearout(rows);
    return new Result(parser.values, withDistinctNames(parser.attributes));
  }

  private static List<SmartAttribute> withDistinctNames(List<SmartAttribute> attributes) {
    var seen = new HashSet<String>();
    return attributes.stream()
        .filter(attribute -> seen.add(attribute.id() + " " + attribute.name()))
        .toList();
  }

  private static Optional<Row> row(SmartRow row) {
    OptionalInt id = number(row.id());
    OptionalInt value = number(row.value());
    return id.isPresent() && value.isPresent()
        ? Optional.of(
            new Row(
                id.getAsInt(), row.name().strip(), value.getAsInt(), row, new RawValue(row.raw())))
        : Optional.empty();
  }

  /// A number of one byte.
  private static OptionalInt number(String text) {
    String digits = text.strip();
    if (digits.isEmpty()
        || digits.length() > 3
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(digits);
    return number <= MOST ? OptionalInt.of(number) : OptionalInt.empty();
  }

  private void read(Row row) {
    switch (row.id()) {
      case 5 -> addCount(row, REALLOCATED.matcher(row.name()).matches());
      case 9 -> readPowerOn(row);
      case 12 -> {
        if (row.name().equals("Power_Cycle_Count")) {
          values.put(SmartValue.POWER_CYCLES, row.raw().count(), 1);
        }
      }
      case 187 -> addCount(row, UNCORRECTABLE.matcher(row.name()).matches());
      case 188 -> {
        if (row.name().equals("Command_Timeout")) {
          add(row, row.raw().commandTimeouts());
        }
      }
      case 194 -> {
        if (TEMPERATURE.matcher(row.name()).matches()) {
          readTemperature(row);
        }
      }
      case 197 -> addCount(row, row.name().equals("Current_Pending_Sector"));
      case 198 -> addCount(row, row.name().equals("Offline_Uncorrectable"));
      case 199 -> addCount(row, row.name().contains("CRC"));
      default -> readHostBytes(row);
    }
  }

  private void addCount(Row row, boolean nameFits) {
    if (nameFits) {
      add(row, row.raw().count());
    }
  }

  private void add(Row row, Optional<BigInteger> count) {
    attributes.add(
        new SmartAttribute(
            row.id(),
            row.name(),
            row.row().flags(),
            row.value(),
            number(row.row().worst()).orElse(row.value()),
            number(row.row().threshold()).orElse(0),
            failing(row.row().fail()),
            count));
  }

  private static SmartAttribute.Failing failing(String word) {
    return switch (word) {
      case "NOW" -> SmartAttribute.Failing.NOW;
      case "Past" -> SmartAttribute.Failing.PAST;
      default -> SmartAttribute.Failing.NO;
    };
  }

  /// A plain number is one of hours where the name says so; under other names of the kind it may be
  /// of minutes or seconds.
  private void readPowerOn(Row row) {
    if (!row.name().startsWith("Power_On_")) {
      return;
    }
    Optional<BigDecimal> hours =
        row.name().startsWith("Power_On_Hours")
            ? row.raw().leadingCount().map(BigDecimal::new)
            : Optional.empty();
    values.put(
        SmartValue.POWER_ON_SECONDS,
        hours
            .map(SECONDS_PER_HOUR::multiply)
            .or(row.raw()::seconds)
            .filter(seconds -> seconds.compareTo(MOST_SECONDS) <= 0));
  }

  private void readOtherTemperature(Row row) {
    if (row.id() == 190 && OTHER_TEMPERATURE.matcher(row.name()).matches()) {
      readTemperature(row);
    }
  }

  private void readTemperature(Row row) {
    values.put(
        SmartValue.TEMPERATURE_CELSIUS,
        row.raw()
            .celsius()
            .filter(degrees -> degrees.signum() > 0 && degrees.compareTo(TOO_HOT) < 0));
  }

  private void readHostBytes(Row row) {
    var name = HOST_BYTES.matcher(row.name());
    if (name.matches()) {
      long unit =
          switch (name.group(2)) {
            case "32MiB" -> 32L << 20;
            case "GiB" -> 1L << 30;
            case "MiB" -> 1L << 20;
            default -> 1_000_000_000L;
          };
      values.put(
          name.group(1).equals("Writes") ? SmartValue.BYTES_WRITTEN : SmartValue.BYTES_READ,
          row.raw().plainCount(),
          unit);
    }
  }

  private void readWearout(List<Row> rows) {
    List<Row> worn = rows.stream().filter(row -> wearoutRank(row) < WEAROUT.size()).toList();
    worn.stream()
        .min(Comparator.comparingInt(AtaTableParser::wearoutRank))
        .ifPresent(
            row ->
                values.put(
                    SmartValue.WEAROUT_REMAINING_RATIO,
                    Optional.of(BigDecimal.valueOf(Math.min(row.value(), 100), 2))));
    worn.forEach(row -> add(row, Optional.empty()));
  }

  private static int wearoutRank(Row row) {
    for (int rank = 0; rank < WEAROUT.size(); rank++) {
      if (row.id() != VENDOR_CODED && row.name().contains(WEAROUT.get(rank))) {
        return rank;
      }
    }
    return WEAROUT.size();
  }
}
