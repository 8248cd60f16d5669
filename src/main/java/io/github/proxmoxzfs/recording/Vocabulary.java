package io.github.proxmoxzfs.recording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The words that ZFS, Proxmox and smartctl use themselves. A pool that is called `data` is renamed
/// where its name stands by itself, but not in `No known data errors`.
final class Vocabulary {
  private static final int SHORTEST_RARE = 4;

  private static final Set<String> WORDS =
      Arrays.stream(
              """
              a abort access according action active add administrator affected after again all
              allocating allocated already also an and any applications are array as at attach
              attempt audit available avail awaiting backup backups bad be because been before being
              block blocks boot by cache cannot canceled cancelled cause cccc changed check
              checkpoint checksum cksum clear cluster code command compatibility completed completion
              compliance condense condensing config configuration configured connected connection
              consumes contact continue copied correct corrupt corrupted corruption could create
              created data datastore dataset days dedup default degraded destroy detected detected.
              determine device devices disabled discarding disk disks domain done dump duration each
              either enable enabled entire error errors estimated evacuation exit expand expanded
              expansion experienced exported failed failing failure fault faulted feature features
              file files following for format formatted found free from functioning good group
              groups guest guests had has have health healthy host hostid hours id image images import
              in incompatible initialized initializing insufficient intent internal invalid inuse io
              is issued it jobs known label later legacy less list local lock log logs lost lvm
              machine main make manual mapping mappings marked memory message messages metadata mirror
              mirrors missing mode more mounted multihost name native needs network new newer no node
              nodes none not now of off offline ok older on one online only open opened operation or
              original other out outage path paused perform permanent permission persistent physical
              pool pools port possible power private progress proxmox public raid raidz range read
              readable reboot rebuild recommended recover recovery refused release removal remove
              removed removing repaired repairing replace replaced replacement replacing replica
              replicas replicated replication report requested resilver resilvered resilvering
              resource resources response restore result results root rpool-less run running scan
              scanned schedule scrub scrubbed scrubbing search second see separate server service
              severe share shared size slow smart snapshot snapshots some source spare spares special
              split ssd ssds started state status stopped storage store subvol sufficient support
              supported suspended swap switch sync system systems take taken target task tasks temp
              template test text the this thorough time to token total trim trimming type unable
              unavail unavailable unknown unrecoverable unsupported until upgrade upgrading usage use
              used user users using value values vdev vdevs verify version versions vm vms volume
              volumes wait waiting was were when which will with working write zfs zone zpool zroot
              """
                  .split("\\s+", -1))
          .collect(Collectors.toUnmodifiableSet());

  private Vocabulary() {}

  /// Whether a name may occur in texts without being meant: a word of theirs, or so short, or so
  /// plain a number, that it is found anywhere.
  static boolean holds(String name) {
    return name.length() < SHORTEST_RARE
        || WORDS.contains(name.toLowerCase(Locale.ROOT))
        || (name.length() < 8 && name.chars().allMatch(Character::isDigit));
  }
}
