package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.DataErrors;
import java.util.OptionalLong;

/// Reads the field `errors`, as `zpool status` prints it without `-v`.
final class DataErrorsParser {
  private DataErrorsParser() {}

  static DataErrors parse(String text) {
    if (text.equals("No known data errors")) {
      return new DataErrors.Count(0);
    }
    if (text.startsWith("List of errors unavailable")) {
      return new DataErrors.Unavailable();
    }
    var cursor = new Cursor(text);
    OptionalLong blocks = Numbers.count(cursor);
    cursor.expect(" data errors, use '-v' for a list");
    return cursor.fits() && blocks.isPresent()
        ? new DataErrors.Count(blocks.getAsLong())
        : new DataErrors.Unknown(text);
  }
}
