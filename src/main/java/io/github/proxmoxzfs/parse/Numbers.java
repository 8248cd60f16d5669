package io.github.proxmoxzfs.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The numbers that `zpool` prints: counts, sizes, rates and percentages.
final class Numbers {
  private static final String UNITS = "BKMGTPE";
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Numbers() {}

  /// Reads a count; absent above 2^63−1.
  static OptionalLong count(Cursor cursor) {
    return exact(new BigDecimal(cursor.digits()));
  }

  /// Reads a size of `zfs_nicebytes` or `zfs_nicenum`, which print three digits at best and a unit
  /// that is a power of 1024: `999B`, `999`, `1K`, `12.5M`, `1.27T`. Absent above 2^63−1.
  static OptionalLong size(Cursor cursor) {
    BigDecimal number = decimal(cursor);
    int power = Math.max(0, UNITS.indexOf(cursor.letter(UNITS)));
    return exact(number.multiply(new BigDecimal(BigInteger.TWO.pow(10 * power))));
  }

  /// Reads a size per second: `569M/s`.
  static OptionalLong rate(Cursor cursor) {
    OptionalLong size = size(cursor);
    cursor.expect("/s");
    return size;
  }

  /// Reads a percentage as a ratio: `9.77%` is 0.0977. It may be above 1. Absent where ZFS divided
  /// by zero and printed `nan%`, `-nan%` or `inf%`.
  static OptionalDouble percentage(Cursor cursor) {
    if (cursor.skip("nan%") || cursor.skip("-nan%") || cursor.skip("inf%")) {
      return OptionalDouble.empty();
    }
    BigDecimal number = decimal(cursor);
    cursor.expect("%");
    return OptionalDouble.of(number.movePointLeft(2).doubleValue());
  }

  /// Reads digits, with a decimal point among them or without.
  static BigDecimal decimal(Cursor cursor) {
    String whole = cursor.digits();
    return new BigDecimal(cursor.skip(".") ? whole + "." + cursor.digits() : whole);
  }

  /// Rounds a number to a whole one; absent above 2^63−1.
  static OptionalLong exact(BigDecimal number) {
    BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
    return rounded.compareTo(LARGEST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(rounded.longValueExact());
  }
}
