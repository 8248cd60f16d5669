package io.github.proxmoxzfs.domain;

import java.util.regex.Pattern;

/// The path of the whole disk that a leaf is on, made of its name.
///
/// @param path without the partition
/// @param mayBeKernelName whether it may be taken for the name that a disk has in the kernel now
record LeafPath(String path, boolean mayBeKernelName) {
  private static final String LINKS = "/dev/disk/";

  private static final Pattern LINK_TO_PARTITION = Pattern.compile("-part\\d+$");

  /// Names that end in a digit have `p` before the partition's number.
  private static final Pattern PARTITION_WITH_P =
      Pattern.compile("^(/dev/(?:nvme\\d+n\\d+|mmcblk\\d+|nbd\\d+|cciss/c\\d+d\\d+))p\\d+$");

  private static final Pattern PARTITION = Pattern.compile("^(/dev/(?:sd|hd|vd|xvd)[a-z]+)\\d+$");

  /// The path of a leaf's disk.
  static LeafPath of(Vdev leaf) {
    // A leaf that vanished is a GUID to ZFS; the name it had may be another leaf's now.
    String path = leaf.guid().flatMap(_ -> leaf.notes().formerPath()).orElse(leaf.name());
    return new LeafPath(withoutPartition(path), leaf.guid().isEmpty() && leaf.state().open());
  }

  static String withoutPartition(String path) {
    if (path.startsWith(LINKS)) {
      return LINK_TO_PARTITION.matcher(path).replaceFirst("");
    }
    var withP = PARTITION_WITH_P.matcher(path);
    if (withP.matches()) {
      return withP.group(1);
    }
    var plain = PARTITION.matcher(path);
    return plain.matches() ? plain.group(1) : path;
  }

  /// Whether it is a link, which says which disk is meant whatever the kernel calls it.
  boolean isLink() {
    return path.startsWith(LINKS);
  }
}
