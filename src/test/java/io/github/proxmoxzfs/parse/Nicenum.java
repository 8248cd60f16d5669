package io.github.proxmoxzfs.parse;

import java.util.Locale;

/// Prints numbers as ZFS does: a copy of `zfs_nicenum_format` in `lib/libzutil/zutil_nicenum.c`,
/// with a buffer for five characters and the end.
final class Nicenum {
  private static final int BUFFER = 6;

  private Nicenum() {}

  /// As `zfs_nicenum`: no letter below 1024.
  static String print(long number) {
    return print(number, "");
  }

  /// As `zfs_nicebytes`: `B` below 1024.
  static String bytes(long number) {
    return print(number, "B");
  }

  private static String print(long number, String smallest) {
    int index = 0;
    long whole = number;
    while (whole >= 1024) {
      whole /= 1024;
      index++;
    }
    String unit = index == 0 ? smallest : String.valueOf("KMGTPE".charAt(index - 1));
    if (index == 0 || number % (1L << (10 * index)) == 0) {
      return whole + unit;
    }
    String printed = "";
    for (int decimals = 2; decimals >= 0; decimals--) {
      double value = number / Math.pow(1024, index);
      printed = String.format(Locale.ROOT, "%." + decimals + "f%s", value, unit);
      if (printed.length() < BUFFER) {
        break;
      }
    }
    return printed;
  }
}
