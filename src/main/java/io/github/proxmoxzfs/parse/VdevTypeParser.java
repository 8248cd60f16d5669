package io.github.proxmoxzfs.parse;

import io.github.proxmoxzfs.domain.VdevType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads what a vdev is made of from its name, as `zpool status -P` prints it (`zpool_vdev_name`
/// with the flags for the type's number and for the path).
final class VdevTypeParser {
  private VdevTypeParser() {}

  static VdevType parse(String name) {
    if (name.startsWith("/dev/")) {
      return new VdevType.Disk();
    }
    if (name.startsWith("/")) {
      return new VdevType.File();
    }
    if (isGuid(name)) {
      return new VdevType.Missing();
    }
    var cursor = new Cursor(name);
    VdevType type = numbered(cursor);
    return cursor.fits() ? type : new VdevType.Unknown();
  }

  /// Whether a name is the number that ZFS prints for a leaf it cannot find.
  static boolean isGuid(String name) {
    var cursor = new Cursor(name);
    cursor.digits();
    return cursor.fits();
  }

  private static VdevType numbered(Cursor cursor) {
    if (cursor.skip("draid")) {
      return draid(cursor);
    }
    VdevType type = word(cursor).orElse(new VdevType.Unknown());
    cursor.expect("-");
    Numbers.count(cursor);
    return type;
  }

  private static Optional<VdevType> word(Cursor cursor) {
    if (cursor.skip("mirror")) {
      return Optional.of(new VdevType.Mirror());
    }
    if (cursor.skip("raidz")) {
      return Optional.of(new VdevType.Raidz(parity(cursor)));
    }
    if (cursor.skip("replacing")) {
      return Optional.of(new VdevType.Replacing());
    }
    if (cursor.skip("spare")) {
      return Optional.of(new VdevType.Spare());
    }
    if (cursor.skip("indirect")) {
      return Optional.of(new VdevType.Indirect());
    }
    return Optional.empty();
  }

  /// A dRAID vdev, `2:11d:53c:1s-0` or with failure domains `2:11d:53c:106w:1s-0`, or one of its
  /// spares, `2-0-1`.
  private static VdevType draid(Cursor cursor) {
    int parity = parity(cursor);
    if (cursor.skip("-")) {
      int vdev = small(cursor);
      cursor.expect("-");
      return new VdevType.DistributedSpare(parity, vdev, small(cursor));
    }
    cursor.expect(":");
    int data = small(cursor);
    cursor.expect("d:");
    int children = small(cursor);
    cursor.expect("c:");
    int next = small(cursor);
    OptionalInt width = OptionalInt.empty();
    if (cursor.skip("w:")) {
      width = OptionalInt.of(next);
      next = small(cursor);
    }
    cursor.expect("s-");
    Numbers.count(cursor);
    return new VdevType.Draid(parity, data, children, width, next);
  }

  private static int parity(Cursor cursor) {
    int parity = small(cursor);
    if (parity < 1 || parity > 3) {
      cursor.misfit();
    }
    return parity;
  }

  private static int small(Cursor cursor) {
    OptionalLong number = Numbers.count(cursor);
    if (number.isEmpty() || number.getAsLong() > Integer.MAX_VALUE) {
      cursor.misfit();
      return 0;
    }
    return (int) number.getAsLong();
  }
}
