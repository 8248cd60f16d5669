package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.SmartValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The numbers of one disk while they are read. Of what is told twice the first counts.
final class SmartValues {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<SmartValue, BigDecimal> values = new EnumMap<>(SmartValue.class);

  void put(SmartValue value, Optional<BigDecimal> number) {
    number.ifPresent(known -> values.putIfAbsent(value, known));
  }

  /// Adds a number that is told in units of `factor`.
  void put(SmartValue value, Optional<BigInteger> number, long factor) {
    put(
        value,
        number.map(BigDecimal::new).map(units -> units.multiply(BigDecimal.valueOf(factor))));
  }

  /// Adds the percentage of the rated life that is used, and what is left of it.
  void putUsed(Optional<BigInteger> percent) {
    put(SmartValue.PERCENTAGE_USED, percent, 1);
    put(
        SmartValue.WEAROUT_REMAINING_RATIO,
        percent.map(used -> HUNDRED.subtract(new BigDecimal(used)).movePointLeft(2)));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  Map<SmartValue, BigDecimal> all() {
    return values;
  }
}
