package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.Checkpoint;
import java.time.LocalDateTime;
import java.util.OptionalLong;

/// Reads the field `checkpoint` (`print_checkpoint_status`, since 0.8).
final class CheckpointParser {
  private CheckpointParser() {}

  static Checkpoint parse(String text) {
    var cursor = new Cursor(text);
    Checkpoint checkpoint = checkpoint(cursor);
    return cursor.fits() ? checkpoint : new Checkpoint.Unknown(text);
  }

  private static Checkpoint checkpoint(Cursor cursor) {
    if (cursor.skip("discarding, ")) {
      OptionalLong remaining = Numbers.size(cursor);
      cursor.expect(" remaining.");
      return new Checkpoint.Discarding(remaining);
    }
    cursor.expect("created ");
    LocalDateTime created = Dates.date(cursor);
    cursor.expect(", consumes ");
    return new Checkpoint.Exists(created, Numbers.size(cursor));
  }
}
