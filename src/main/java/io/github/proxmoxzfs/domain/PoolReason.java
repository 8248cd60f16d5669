package io.github.proxmoxzfs.domain;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;

/// Why `zpool status` complains about a pool: its fields `status` and `see`. ZFS names the gravest
/// reason only, by an order in which a running resilver comes first and so hides a fault
/// (`check_status` in `lib/libzfs/libzfs_status.c`).
///
/// @param code the reason
/// @param messageId the last part of the address in `see` (`ZFS-8000-9P`); not every reason has one
/// @param text what ZFS says
/// @param action what ZFS advises
public record PoolReason(
    Code code, Optional<String> messageId, String text, Optional<String> action) {
  public PoolReason {
    requireNonNull(code, "code is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(text, "text is null");
    requireNonNull(action, "action is null");
  }

  /// The reason, named as ZFS's `ZPOOL_STATUS_…` constants. `_R` means that there are replicas
  /// enough, `_NR` that there are not.
  public enum Code {
    CORRUPT_CACHE,
    MISSING_DEV_R,
    MISSING_DEV_NR,
    CORRUPT_LABEL_R,
    CORRUPT_LABEL_NR,
    BAD_GUID_SUM,
    CORRUPT_POOL,
    CORRUPT_DATA,
    FAILING_DEV,
    VERSION_NEWER,
    HOSTID_MISMATCH,
    IO_FAILURE_WAIT,
    IO_FAILURE_CONTINUE,
    IO_FAILURE_MMP,
    BAD_LOG,
    ERRATA,
    UNSUP_FEAT_READ,
    UNSUP_FEAT_WRITE,
    FAULTED_DEV_R,
    FAULTED_DEV_NR,
    /// Failure domains of a dRAID vdev; announced for the release after 2.4.
    FAULTED_FDOM_R,
    OFFLINE_DEV,
    REMOVED_DEV,
    RESILVERING,
    REBUILDING,
    REBUILD_SCRUB,
    NON_NATIVE_ASHIFT,
    VERSION_OLDER,
    FEAT_DISABLED,
    COMPATIBILITY_ERR,
    INCOMPATIBLE_FEAT,
    /// A text that fits none of these.
    UNKNOWN;

    /// Whether the pool is healthy all the same: what `zpool status -x` keeps quiet about.
    public boolean cosmetic() {
      return this == VERSION_OLDER
          || this == FEAT_DISABLED
          || this == COMPATIBILITY_ERR
          || this == INCOMPATIBLE_FEAT;
    }

    /// The value of the `reason` label.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
