package io.github.proxmoxzfs.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What `zpool status` notes behind the columns of a vdev (`print_status_config`).
///
/// @param activities what is going on with the vdev
/// @param fault why it is not healthy
/// @param formerPath the path it had when it was last seen (`was /dev/…`)
/// @param usedByPool the other pool that uses this spare
/// @param blockSizes printed where the disk's own block size is larger than the one in use
/// @param unknown notes that fit no form we know
public record VdevNotes(
    Set<Activity> activities,
    Optional<Fault> fault,
    Optional<String> formerPath,
    Optional<String> usedByPool,
    Optional<BlockSizes> blockSizes,
    List<String> unknown) {
  /// No notes.
  public static final VdevNotes NONE =
      new VdevNotes(
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  public VdevNotes {
    activities = Set.copyOf(activities);
    unknown = List.copyOf(unknown);
  }

  /// What is going on with a vdev.
  public enum Activity {
    RESILVERING,
    /// A resilver of it will begin when the one that runs has ended (since 0.8).
    AWAITING_RESILVER,
    REPAIRING,
    TRIMMING,
    INITIALIZING,
    /// Its data is being moved to the other vdevs of the pool.
    REMOVING,
    NON_ALLOCATING;

    /// The value of the `activity` label.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Why a vdev is not healthy.
  public enum Fault {
    CANNOT_OPEN("cannot open"),
    MISSING_DEVICE("missing device"),
    INSUFFICIENT_REPLICAS("insufficient replicas"),
    NEWER_VERSION("newer version"),
    UNSUPPORTED_FEATURES("unsupported feature(s)"),
    /// Since 2.0.
    UNSUPPORTED_MINIMUM_BLOCKSIZE("unsupported minimum blocksize"),
    TOO_MANY_ERRORS("too many errors"),
    /// Since 2.2.4.
    TOO_MANY_SLOW_IOS("too many slow I/Os"),
    EXPERIENCED_IO_FAILURES("experienced I/O failures"),
    BAD_INTENT_LOG("bad intent log"),
    /// Also what `zpool offline -f` leaves.
    EXTERNAL_DEVICE_FAULT("external device fault"),
    SPLIT_INTO_NEW_POOL("split into new pool"),
    /// Another host uses the disk (multihost, since 0.7).
    CURRENTLY_IN_USE("currently in use"),
    /// Since 0.8.
    ALL_CHILDREN_OFFLINE("all children offline"),
    /// Since 2.1.
    INVALID_LABEL("invalid label"),
    CORRUPTED_DATA("corrupted data"),
    /// ZFS does not find it; the note is `was PATH`.
    NOT_PRESENT("was");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    /// What ZFS prints.
    public String text() {
      return text;
    }

    /// The value of the `reason` label.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Block sizes of a disk (since 2.0).
  ///
  /// @param configuredBytes the one that the pool was made with
  /// @param nativeBytes the disk's own
  public record BlockSizes(long configuredBytes, long nativeBytes) {}
}
