package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Condensing;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the field `condense`, which only ZFS's development branch has (commit 5c0afbd039):
/// `log_spacemap: condensing, 3/10 metaslabs done in 00:00:05`.
final class CondensingParser {
  private CondensingParser() {}

  static Condensing parse(String text) {
    var cursor = new Cursor(text);
    Condensing condensing = condensing(cursor);
    return cursor.fits() ? condensing : new Condensing.Unknown(text);
  }

  private static Condensing condensing(Cursor cursor) {
    String kind = cursor.until(": ");
    if (cursor.skip("cancelled, ")) {
      amount(cursor);
      return new Condensing.Canceled(kind);
    }
    if (cursor.skip("done, ")) {
      OptionalLong done = Numbers.count(cursor);
      return new Condensing.Finished(kind, done, duration(cursor));
    }
    cursor.expect("condensing, ");
    OptionalLong done = Numbers.count(cursor);
    cursor.expect("/");
    OptionalLong total = Numbers.count(cursor);
    return new Condensing.InProgress(kind, done, total, duration(cursor));
  }

  /// What follows `cancelled`: `3/10 metaslabs done in 00:00:05`, or without the total.
  private static void amount(Cursor cursor) {
    Numbers.count(cursor);
    if (cursor.skip("/")) {
      Numbers.count(cursor);
    }
    duration(cursor);
  }

  private static Optional<Duration> duration(Cursor cursor) {
    cursor.expect(" ");
    cursor.until(" done in "); // metaslabs or items
    return Durations.duration(cursor);
  }
}
