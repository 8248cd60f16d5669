package io.github.proxmoxzfs.web;

/// The CRC-32 of texts that stand one behind the other, from those of each: what `crc32_combine` of
/// zlib does and the JDK does not offer.
///
/// A checksum is a polynomial over the field of two elements, modulo that of CRC-32; its highest
/// bit is the coefficient of x^0. That of a whole is that of its first part, times x for each bit
/// of the second one, plus that of the second.
final class Crc {
  /// The polynomial of CRC-32 without its highest power, bits reversed.
  private static final int POLYNOMIAL = 0xEDB88320;

  private static final int ONE = 1 << 31;

  /// x^8: what one byte multiplies by.
  private static final int BYTE = 1 << 23;

  private Crc() {}

  /// The checksum of a text and of another one behind it.
  ///
  /// @param secondLength how many bytes the second one has
  static int combined(int first, int second, long secondLength) {
    return product(first, power(secondLength)) ^ second;
  }

  /// x^8 to a power, by squaring.
  private static int power(long exponent) {
    int result = ONE;
    int square = BYTE;
    for (long rest = exponent; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = product(result, square);
      }
      square = product(square, square);
    }
    return result;
  }

  private static int product(int one, int other) {
    int sum = 0;
    int shifted = other;
    for (int coefficient = ONE; coefficient != 0; coefficient >>>= 1) {
      if ((one & coefficient) != 0) {
        sum ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
    }
    return sum;
  }
}
