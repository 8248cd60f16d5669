package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.VdevErrors;
import io.github.proxmoxzfs.domain.VdevErrors.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads error counters from what Proxmox leaves of them: `zfs_nicenum` prints `1.21K` from 1024
/// on, and pve-storage's `ZFS.pm` makes the number 1.21 of it.
final class VdevErrorsParser {
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private VdevErrorsParser() {}

  /// Reads the three counters of a row; absent if one is missing or no number.
  static Optional<VdevErrors> parse(VdevRow row) {
    return row.read()
        .flatMap(VdevErrorsParser::count)
        .flatMap(
            read ->
                row.write()
                    .flatMap(VdevErrorsParser::count)
                    .flatMap(
                        write ->
                            row.checksum()
                                .flatMap(VdevErrorsParser::count)
                                .map(checksum -> new VdevErrors(read, write, checksum))));
  }

  private static Optional<Count> count(String text) {
    var cursor = new Cursor(text);
    BigDecimal number = Numbers.decimal(cursor);
    if (!cursor.fits()) {
      return Optional.empty();
    }
    boolean fraction = number.scale() > 0;
    OptionalLong least = Numbers.exact(fraction ? leastBefore(number) : number);
    return least.isPresent()
        ? Optional.of(new Count(least.getAsLong(), fraction))
        : Optional.empty();
  }

  /// The least counter of which ZFS, rounding to the last digit, prints `number` and a letter. The
  /// letter may have been a larger one than K; the result is still a lower bound.
  private static BigDecimal leastBefore(BigDecimal number) {
    BigDecimal halfDigit = new BigDecimal("0.5").movePointLeft(number.scale());
    return number.subtract(halfDigit).multiply(KIBI).setScale(0, RoundingMode.FLOOR);
  }
}
