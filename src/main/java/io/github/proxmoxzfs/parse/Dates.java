package io.github.proxmoxzfs.parse;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;

/// The dates that `zpool` prints: `ctime`, always in English, in the node's local time and without
/// a zone, the day padded with a blank: `Sun Nov 1 03:00:02 2026`.
final class Dates {
  private static final List<String> WEEKDAYS =
      List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private Dates() {}

  /// Reads a date. The weekday must be one but is not compared with the date: it adds nothing, and
  /// a contradiction would cost the value.
  static LocalDateTime date(Cursor cursor) {
    oneOf(WEEKDAYS, cursor);
    cursor.expect(" ");
    int month = oneOf(MONTHS, cursor) + 1;
    cursor.blanks();
    int day = number(cursor, 2);
    cursor.expect(" ");
    int hour = number(cursor, 2);
    cursor.expect(":");
    int minute = number(cursor, 2);
    cursor.expect(":");
    int second = number(cursor, 2);
    cursor.expect(" ");
    int year = number(cursor, 4);
    try {
      return LocalDateTime.of(year, month, day, hour, minute, second);
    } catch (DateTimeException ignored) {
      cursor.misfit(); // no such date, as February 30
      return LocalDateTime.MIN;
    }
  }

  private static int oneOf(List<String> names, Cursor cursor) {
    for (int index = 0; index < names.size(); index++) {
      if (cursor.skip(names.get(index))) {
        return index;
      }
    }
    cursor.misfit();
    return 0;
  }

  private static int number(Cursor cursor, int maxDigits) {
    String digits = cursor.digits();
    if (digits.length() > maxDigits) {
      cursor.misfit();
      return 0;
    }
    return Integer.parseInt(digits);
  }
}
