package io.github.proxmoxzfs.parse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the raw value of an ATA attribute, which smartctl prints in the form that its drive
/// database gives for the disk (`atacmds.cpp`, `ata_format_attr_raw_value`).
final class RawValue {
  /// More than the longest form has, which is of 32 bytes.
  private static final int LONGEST = 120;

  private static final Pattern COUNT = Pattern.compile("(\\d+)(?: \\([^)]*+\\))?");

  /// Three words or six bytes, the highest first.
  private static final Pattern WORDS = Pattern.compile("\\d+(?: \\d+){1,4} (\\d+)");

  private static final Pattern HEX = Pattern.compile("0x([0-9a-fA-F]+)");

  /// Errors and operations.
  private static final Pattern PAIR = Pattern.compile("(\\d+)/\\d+");

  private static final Pattern TEMPERATURE =
      Pattern.compile("(-?\\d{1,3}(?:\\.\\d)?)(?: \\([^)]*+\\))?");

  private static final Pattern TIME =
      Pattern.compile("(\\d+)h\\+([0-5]?\\d)m(?:\\+([0-5]?\\d(?:\\.\\d{3})?)s)?(?: \\(\\d+\\))?");

  private static final Pattern THREE_WORDS = Pattern.compile("(\\d+) (\\d+) (\\d+)");
  private static final BigInteger WORD = BigInteger.valueOf(0xffff);

  private final String text;

  RawValue(String text) {
    this.text = text.length() > LONGEST ? "" : text.strip();
  }

  /// The count that it is.
  Optional<BigInteger> count() {
    return group(COUNT)
        .or(() -> group(WORDS))
        .or(() -> group(PAIR))
        .map(BigInteger::new)
        .or(() -> group(HEX).map(digits -> new BigInteger(digits, 16)));
  }

  /// The count, where the value is or begins with a plain number.
  Optional<BigInteger> leadingCount() {
    return group(COUNT).map(BigInteger::new);
  }

  /// The count, where it stands there as a plain number.
  Optional<BigInteger> plainCount() {
    return group(COUNT).filter(text::equals).map(BigInteger::new);
  }

  /// Seagate's count of commands that took too long: three words, of which the last counts all and
  /// the others those that took longest. Where the drive database does not know the disk, they are
  /// one number. Words that cannot be such counts are none.
  Optional<BigInteger> commandTimeouts() {
    var words = THREE_WORDS.matcher(text);
    if (words.matches()) {
      return inOrder(
          new BigInteger(words.group(3)),
          new BigInteger(words.group(2)),
          new BigInteger(words.group(1)));
    }
    return plainCount()
        .flatMap(
            number ->
                number.compareTo(WORD) <= 0
                    ? Optional.of(number)
                    : inOrder(
                        number.and(WORD), number.shiftRight(16).and(WORD), number.shiftRight(32)));
  }

  private static Optional<BigInteger> inOrder(BigInteger all, BigInteger some, BigInteger fewest) {
    return all.compareTo(some) >= 0 && some.compareTo(fewest) >= 0
        ? Optional.of(all)
        : Optional.empty();
  }

  /// A temperature in degrees Celsius.
  Optional<BigDecimal> celsius() {
    return group(TEMPERATURE).map(BigDecimal::new);
  }

  /// Hours, minutes and seconds, in seconds: `1234h+59m+59s`, `1433h+20m`.
  Optional<BigDecimal> seconds() {
    var time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    BigDecimal minutes =
        new BigDecimal(time.group(1))
            .multiply(BigDecimal.valueOf(60))
            .add(new BigDecimal(time.group(2)));
    BigDecimal seconds = minutes.multiply(BigDecimal.valueOf(60));
    return Optional.of(
        time.group(3) == null ? seconds : seconds.add(new BigDecimal(time.group(3))));
  }

  private Optional<String> group(Pattern pattern) {
    var matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
