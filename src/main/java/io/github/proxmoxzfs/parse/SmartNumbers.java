package io.github.proxmoxzfs.parse;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/// The numbers that smartctl prints in its texts.
final class SmartNumbers {
  /// The digits of 2^128 and the separators among them, and what may stand behind.
  private static final int LONGEST = 120;

  private static final int MOST_DIGITS = 39;

  /// Digits with separators of thousands. Proxmox has smartctl print those of the locale C, commas;
  /// other locales have points, apostrophes and blanks of several widths. `~` stands before a
  /// number that was rounded, `[6.32 TB]` behind one of bytes.
  private static final Pattern COUNT =
      Pattern.compile("~?(\\d(?:[,.'’ \\u00a0\\u2009\\u202f]?\\d)*+)(?: \\[[^\\]]*+\\])?");

  private static final Pattern NOT_DIGITS = Pattern.compile("\\D");
  private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3}) ?%");
  private static final Pattern CELSIUS = Pattern.compile("(-?\\d{1,3}) (?:Celsius|C)");
  private static final Pattern HEX_BYTE = Pattern.compile("0x([0-9a-fA-F]{2})");

  private SmartNumbers() {}

  /// A count, exact up to 2^128.
  static Optional<BigInteger> count(String text) {
    return first(COUNT, text)
        .map(digits -> NOT_DIGITS.matcher(digits).replaceAll(""))
        .filter(digits -> digits.length() <= MOST_DIGITS)
        .map(BigInteger::new);
  }

  /// A percentage, as a number of percent.
  static Optional<BigInteger> percentage(String text) {
    return first(PERCENTAGE, text).map(BigInteger::new);
  }

  /// A temperature: `36 Celsius`, `32 C`. `-` and `<not available>` are none.
  static Optional<BigInteger> celsius(String text) {
    return first(CELSIUS, text).map(BigInteger::new);
  }

  /// A byte, `0x3f`.
  static Optional<BigInteger> hexByte(String text) {
    return first(HEX_BYTE, text).map(digits -> new BigInteger(digits, 16));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    var matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
